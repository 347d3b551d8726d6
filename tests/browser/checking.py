"""What every page must hold: axe finds nothing, nothing is cut or sideways, one stylesheet holds up the drawing."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
WIDEST = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const edge = (node) => Math.round(node.getBoundingClientRect().right);
  const isCut = (node) => node && (getComputedStyle(node).overflowX !== "visible" || isCut(node.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((node) => edge(node) > wide + 1 && !isCut(node.parentElement))
    .map((node) => `${node.tagName} ${node.className}: ${edge(node)} px`).slice(0, 5)
    .concat(`${document.documentElement.scrollWidth} px in ${wide} px`);
}"""
CROWDED = """() => {
  const shows = (node) => getComputedStyle(node).overflowX === "visible";
  const isCut = (node) => node && (!shows(node) || isCut(node.parentElement));
  return [...document.querySelectorAll("main *, #content *")]
    .filter((node) => node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1 && shows(node))
    .filter((node) => getComputedStyle(node).display !== "inline" && !isCut(node.parentElement))
    .map((node) => `${node.tagName} ${node.className} ${node.id}: ${node.scrollWidth} px in ${node.clientWidth} px`)
    .slice(0, 9);
}"""
CUT = """() => [...document.querySelectorAll("main table, #content table")].flatMap((table) => {
  let box = table.parentElement;
  while (box && getComputedStyle(box).overflowX === "visible") box = box.parentElement;
  const hides = box && ["hidden", "clip"].includes(getComputedStyle(box).overflowX);
  const lost = hides ? Math.round(table.getBoundingClientRect().right - box.getBoundingClientRect().right) : 0;
  return lost > 1 ? [`${box.tagName} ${box.className} hides ${lost} px of a table`] : [];
})"""
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => new URL(entry.name).pathname)"""

axe = Axe()


def violations(page: Page) -> list[str]:
    """What axe finds at the page's width now, a line each: where, the rule, and why."""
    found = axe.run(page, options=OPTIONS).response["violations"]
    width = page.viewport_size["width"] if page.viewport_size else 0
    return [
        f"at {width} px: {rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:400]}"
        for rule in found
        for node in rule["nodes"]
    ]


def too_wide(page: Page, width: int) -> list[str]:
    """What makes the page scroll sideways at this width, what does not fit into its own box, and tables cut off."""
    page.set_viewport_size({"width": width, "height": 844})
    return [f"at {width} px: {fault}" for script in (WIDEST, CROWDED, CUT) for fault in page.evaluate(script)]


def blocking_besides(page: Page, stylesheet: str) -> list[str]:
    """What the browser had to fetch before it drew anything, other than this one stylesheet."""
    found: list[str] = page.evaluate(BLOCKING)
    return [f"holds up the drawing: {path}" for path in found if path != stylesheet or len(found) > 1]
