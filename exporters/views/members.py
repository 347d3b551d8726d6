"""Who belongs to a producer: the list, invitations, roles, leaving."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import registration, submissions
from accounts.http import SignedInRequest, signed_in
from exporters.forms import InvitationForm, InvitedAccountForm, RoleForm
from exporters.models import Invitation, Membership, MembershipRole, Producer

MOST_SHOWN = 100


@never_cache
@require_safe
def member_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The members, and for those who manage them the open invitations."""
    producer = get_object_or_404(Producer.objects.with_members_seen_by(request.user), pk=pk)
    manages = Producer.objects.managed_by(request.user).filter(pk=pk).exists()
    context = {
        "producer": producer,
        "manages": manages,
        "memberships": producer.memberships.select_related("user").order_by("-role", "since", "pk")[:MOST_SHOWN],
        "invitations": producer.invitations.open().order_by("-pk")[:MOST_SHOWN] if manages else [],
        "roles": MembershipRole.choices,
    }
    return render(request, "exporters/member_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite somebody by a signed link in a letter."""
    producer = get_object_or_404(Producer.objects.managed_by(request.user), pk=pk)
    first_owner = not producer.memberships.filter(role=MembershipRole.OWNER).exists()
    form = InvitationForm(request.POST or None, first_owner=first_owner)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def invite() -> submissions.Answer:
            producer.invite(said["email"], role=said["role"], by=request.user, language=said["language"])
            return submissions.Answer(302, {"pk": producer.pk})

        action = f"member_invite:{pk}"
        submissions.once(request.user, action, said["submission_key"], submissions.body_of(request), invite)
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": said["email"]})
        return redirect("member_list", pk)
    context = {"form": form, "producer": producer, "first_owner": first_owner}
    return render(request, "exporters/member_invite.html", context, status=422 if form.errors else 200)


@require_POST
def member_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a membership; members may end their own."""
    membership = get_object_or_404(_memberships(request).select_related("producer", "user"), pk=pk)
    name, producer_pk = membership.user.name, membership.producer_id
    membership.remove(by=request.user)
    if membership.user_id == request.user.pk:
        messages.success(request, _("You have left “%(producer)s”.") % {"producer": membership.producer})
        return redirect("desk")
    messages.success(request, _("%(name)s does not belong to the producer any more.") % {"name": name})
    return redirect("member_list", producer_pk)


@require_POST
def member_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a member an owner or an editor."""
    managed = Membership.objects.filter(producer__in=Producer.objects.owned_by(request.user))
    membership = get_object_or_404(managed.select_related("producer"), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    membership.change_role(form.cleaned_data["role"], by=request.user)
    messages.success(request, _("The role is changed."))
    return redirect("member_list", membership.producer_id)


@require_POST
def invitation_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make an open link worthless."""
    managed = Invitation.objects.filter(producer__in=Producer.objects.managed_by(request.user))
    invitation = get_object_or_404(managed.select_related("producer"), pk=pk)
    invitation.revoke(by=request.user)
    messages.success(request, _("The invitation is taken back."))
    return redirect("member_list", invitation.producer_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """What a letter's link shows: sign in or register, then accept."""
    invitation = _invitation(token)
    if request.user.is_authenticated and invitation.accepted_by_id == request.user.pk:
        return redirect("desk")
    here = urlencode({"next": request.path})
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{here}")
        invitation.accept(by=signed_in(request.user))
        messages.success(request, _("You now work on “%(producer)s”.") % {"producer": invitation.producer})
        return redirect("desk")
    context = {
        "invitation": invitation,
        "token": token,
        "login_url": f"{reverse('account_login')}?{here}",
        "is_mine": request.user.is_authenticated and request.user.email.lower() == invitation.email.lower(),
    }
    status = 200 if invitation.is_open() else 410
    return render(request, "exporters/invitation_accept.html", context, status=status)


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_register(request: HttpRequest, token: str) -> HttpResponse:
    """A new account for the invited address, which the link proves; the same answer when it has one already."""
    invitation = _invitation(token)
    if request.user.is_authenticated or not invitation.is_open():
        return redirect("invitation_accept", token)
    form = InvitedAccountForm(request.POST or None, invited=invitation.email)
    if request.method == "POST" and form.is_valid():
        registration.register(form.newcomer(address_is_proven=True), also=lambda user: invitation.accept(by=user))
        messages.success(request, _("Your account is ready. Sign in to go on."))
        go_on = urlencode({"next": reverse("invitation_accept", args=[token])})
        return redirect(f"{reverse('account_login')}?{go_on}")
    context = {"form": form, "invitation": invitation}
    return render(request, "exporters/invitation_register.html", context, status=422 if form.errors else 200)


def _memberships(request: SignedInRequest) -> QuerySet[Membership]:
    """Memberships that the person may end: their own, and those of producers that they manage."""
    managed = Q(producer__in=Producer.objects.managed_by(request.user))
    return Membership.objects.filter(managed | Q(user=request.user))


def _invitation(token: str) -> Invitation:
    invitation = Invitation.of_token(token)
    if invitation is None:
        raise Http404
    return invitation
