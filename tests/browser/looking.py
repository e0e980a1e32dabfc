"""Ways of looking at a page that hold for every page."""

import re
from importlib import resources
from typing import Any

from playwright.sync_api import Page

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
FORBIDDEN = re.compile(
    r"\b(fail\w*|relaps\w*|reset\w*|streak\w*|victim\w*"
    r"|fracas\w*|recaíd\w*|víctima\w*|versag\w*|rückf[aä]ll\w*|opfer\w*|flying monkey\w*)\b",
    re.IGNORECASE,
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONGEST_WALK = 400  # more to reach by Tab than a page may have


def violations(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe-core finds wrong, one line each, with where it is."""
    page.wait_for_load_state()  # its words are there before its styles are
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    chosen = (
        {"type": "rule", "values": only} if only is not None else {"type": "tag", "values": TAGS}
    )
    found = page.evaluate(
        "(chosen) => axe.run(document, {runOnly: chosen, resultTypes: ['violations']})", chosen
    )
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def is_wider_than_the_window(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing where it does not."""
    page.wait_for_load_state()  # its words are there before its styles are
    found: list[str] = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return [];
          const wide = [...document.body.querySelectorAll('*')]
            .filter((one) => one.checkVisibility({contentVisibilityAuto: true}))
            .filter((one) => one.getBoundingClientRect().right > room + 1);
          return wide.filter((one) => !wide.some((each) => each !== one && one.contains(each)))
            .map((one) => one.outerHTML.slice(0, 160));
        }"""
    )
    return found


def inline(page: Page) -> list[str]:
    """Scripts and styles that stand in the page itself, as the strict policy forbids."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('script:not([src]), style, [style], *')]
          .filter((one) => one.matches('script:not([src]), style, [style]')
            || [...one.attributes].some((each) => each.name.startsWith('on')))
          .map((one) => one.outerHTML.slice(0, 160))"""
    )
    return found


# Where the keyboard is: its place in the page, and whether it can be seen there.
_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const all = [...document.querySelectorAll('*')];
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const top = document.querySelector('.leave')?.getBoundingClientRect().bottom ?? 0;
  // It is enough that some of it is in sight (WCAG 2.2, 2.4.11), on any of these heights.
  const seen = [0.15, 0.5, 0.85].some((part) => {
    const y = box.top + box.height * part;
    if (y < 0 || y >= innerHeight) return false;
    const hit = document.elementFromPoint(x, y);
    return hit && (hit === one || one.contains(hit) || hit.contains(one) || hit.labels);
  });
  return {
    at: all.indexOf(one),
    html: one.outerHTML.slice(0, 160),
    seen,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    covered: !one.closest('.leave, .skip') && box.bottom <= top,
    wide: box.width, high: box.height,
  };
}"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Everything that Tab reaches, in order, from the top until the keyboard leaves the page."""
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    steps: list[dict[str, Any]] = []
    for _ in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        step = page.evaluate(_FOCUS)
        if step is None or (steps and step["at"] == steps[0]["at"]):
            return steps
        steps.append(step)
    raise AssertionError("the keyboard never leaves this page")


def to_reach(page: Page) -> int:
    """How many things a keyboard must reach: links, buttons, fields, one of a group of choices."""
    count: int = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll(
            'a[href], button, input:not([type=hidden]), select, textarea, summary')];
          const groups = new Set();
          return all.filter((one) => {
            if (one.disabled || !one.checkVisibility({contentVisibilityAuto: true})) return false;
            if (one.type !== 'radio') return true;
            const group = `${one.form?.action} ${one.name}`;
            return !groups.has(group) && groups.add(group);
          }).length;
        }"""
    )
    return count


def larger_text(page: Page, size: int = 32) -> None:
    """The text that the person's browser is set to: 16 is usual, 32 is 200 %."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
    devtools.detach()
