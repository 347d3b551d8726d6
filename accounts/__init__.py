"""People: users, roles, tokens, the audit trail, the outbox of letters, and the clock's holidays."""
