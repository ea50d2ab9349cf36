"""The start page in a real browser, under the policy of the service."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Open
from browser.site import KEY, Site

AXE = """async () => {
  const { violations, passes } = await axe.run(document, {
    rules: { 'target-size': { enabled: true } },
  });
  return {
    passed: passes.length,
    violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(' ')}`),
  };
}"""
FOCUSED = """() => {
  const { activeElement } = document;
  return (activeElement.getAttribute('href') ?? activeElement.textContent).trim();
}"""
OUTLINE = "() => getComputedStyle(document.activeElement).outlineStyle"
WIDTH = "() => [document.documentElement.scrollWidth, innerWidth]"
CUT = """() => [...document.querySelectorAll('dd a, h1, h2, p, li, td')]
  .filter((each) => each.checkVisibility() && !each.closest('.heard'))
  .filter((each) => {
    const isInline = getComputedStyle(each).display === 'inline';
    const overflows = !isInline && each.scrollWidth > each.clientWidth + 1;
    return overflows || each.getBoundingClientRect().right > innerWidth + 1;
  })
  .map((each) => each.textContent)"""
WIDTHS = (320, 390, 640, 960, 1280)
MOODS = (("refusing", "refused"), ("garbled", "unreadable"), ("gone", "unreachable"))


def test_the_page_says_whom_to_call_and_what_this_is(
    open_page: Open, words: dict[str, Any]
) -> None:
    """Heading, danger numbers, both lists and the three depths are there to be read."""
    page = open_page().page

    expect(page.get_by_role("heading", level=1)).to_have_text(words["opening"]["heading"])
    for number in words["danger"]["numbers"]:
        link = page.get_by_role("link", name=number["number"], exact=True)
        expect(link).to_be_visible()
        expect(link).to_have_attribute("href", f"tel:{number['dial']}")
    expect(page.locator("section.depths ol > li")).to_have_count(3)
    expect(page.get_by_text(words["depths"]["service"]["text"])).to_be_visible()


def test_the_facts_of_the_service_are_shown(
    open_page: Open, site: Site, words: dict[str, Any]
) -> None:
    """Every fact that the service gives stands on the page, policies sorted with whole digests."""
    page = open_page().page
    shown = page.locator("[data-step=arrived]")
    digest = hashlib.sha256(b"deadlines.toml").hexdigest()

    expect(shown.get_by_text("fallberatung.example", exact=True)).to_be_visible()
    expect(shown.get_by_text("nordstadt", exact=True)).to_be_visible()
    expect(shown.get_by_text("0.1.0", exact=True)).to_be_visible()
    expect(shown.get_by_text(KEY, exact=True)).to_be_visible()
    assert shown.locator("tbody th").all_text_contents() == sorted(
        ("retention.toml", "deadlines.toml", "pseudonymisation.toml")
    )
    assert "".join(shown.locator("tbody td").first.inner_text().split()) == digest
    expect(page.get_by_role("status").nth(1)).to_have_text(words["facts"]["arrived"])


def test_a_service_without_area_and_policies_is_shown_as_such(
    open_page: Open, site: Site, words: dict[str, Any]
) -> None:
    """Before an area is founded the page says so instead of leaving a gap."""
    site.facts |= {"area": "", "policies": {}, "build": ""}
    page = open_page().page

    expect(page.get_by_text(words["facts"]["noArea"])).to_be_visible()
    expect(page.get_by_text(words["facts"]["noPolicies"])).to_be_visible()
    expect(page.locator("footer")).not_to_contain_text(words["code"]["agrees"])
    expect(page.locator("footer")).not_to_contain_text(words["code"]["differs"])


def test_the_footer_shows_the_hash_of_the_delivered_manifest(
    open_page: Open, pages: Path, site: Site, words: dict[str, Any]
) -> None:
    """The browser computes it; the page says whether the service names the same."""
    digest = hashlib.sha256((pages / "manifest.sha256.json").read_bytes()).hexdigest()
    first = open_page().page

    expect(first.locator("#delivered")).to_have_text(f"{digest[:4]} {digest[4:8]} {digest[8:12]}")
    expect(first.locator("footer")).to_contain_text(words["code"]["agrees"])
    site.facts["build"] = "0" * 64
    second = open_page().page
    expect(second.locator("footer")).to_contain_text(words["code"]["differs"])


def test_the_manifest_names_every_file_that_is_delivered(pages: Path) -> None:
    """Nothing is delivered that the manifest does not name, and each digest is right."""
    named = json.loads((pages / "manifest.sha256.json").read_bytes())
    there = {
        path.relative_to(pages).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in pages.rglob("*")
        if path.is_file() and path.name != "manifest.sha256.json"
    }

    assert len(named) >= 8
    assert there == named


def test_the_page_is_quiet(open_page: Open, site: Site) -> None:
    """No word on the console, no breach of the policy, no request but to its own origin."""
    watched = open_page()
    watched.page.locator("summary").click()
    watched.page.get_by_role("link", name="English").click()
    watched.page.wait_for_load_state("networkidle")

    assert len(watched.requests) >= 7
    assert watched.foreign(site.address) == []
    assert watched.violations() == []
    assert watched.console == []


def test_a_breach_would_be_noticed(open_page: Open, site: Site) -> None:
    """The watch of the test before works: a foreign picture and an inline style are caught."""
    watched = open_page()
    watched.page.evaluate(
        """() => {
          const picture = document.createElement('img');
          picture.src = 'http://127.0.0.1:9/picture.png';
          document.body.append(picture);
          document.body.setAttribute('style', 'color: red');
        }"""
    )
    watched.page.wait_for_function("window.violations.length === 2")

    assert sorted(watched.violations()) == [
        "img-src http://127.0.0.1:9/picture.png",
        "style-src-attr inline",
    ]


def test_text_cannot_become_markup(open_page: Open, site: Site) -> None:
    """Trusted types hold: a string given to innerHTML is refused, also one the service sends."""
    site.facts["realm"] = "<img src=x onerror=alert(1)>"
    page = open_page().page
    refused = page.evaluate(
        """() => {
          try { document.body.innerHTML = 'x'; return 'taken'; } catch (e) { return e.name; }
        }"""
    )

    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    assert refused == "TypeError"


def test_an_altered_script_does_not_run(open_page: Open, site: Site, pages: Path) -> None:
    """Integrity holds: one byte more, and the page stays what the document says."""
    site.altered = {f"/assets/{path.name}" for path in (pages / "assets").glob("*.js")}
    watched = open_page(step=None)
    watched.page.wait_for_load_state("networkidle")

    assert len(site.altered) == 1
    assert watched.page.locator("[data-step=arrived]").count() == 0
    assert "integrity" in " ".join(watched.console)
    expect(watched.page.get_by_role("link", name="110")).to_be_visible()


def test_without_any_script_the_page_still_helps(open_page: Open, words: dict[str, Any]) -> None:
    """Danger numbers and explanations are in the document; what needs a script says so."""
    page = open_page(step=None, java_script_enabled=False).page

    expect(page.get_by_role("link", name="112")).to_be_visible()
    expect(page.get_by_text(words["facts"]["scriptless"])).to_be_visible()
    expect(page.get_by_text(words["depths"]["service"]["text"])).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("mood", "language"), [("well", "de"), ("refusing", "en")])
def test_axe_finds_nothing(
    open_page: Open, site: Site, axe: str, scheme: str, width: int, mood: str, language: str
) -> None:
    """No violation of axe's rules, target size included, with everything unfolded."""
    site.mood = mood
    step = "arrived" if mood == "well" else "failed"
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = open_page(f"/?lang={language}", step=step, **options).page
    page.locator("summary").click()
    page.evaluate(axe)
    found = page.evaluate(AXE)

    assert found["passed"] > 25
    assert found["violations"] == []


def test_axe_would_find_something(open_page: Open, axe: str) -> None:
    """The measure of the test before works: grey on grey is found."""
    page = open_page().page
    page.evaluate("() => document.documentElement.style.setProperty('--ink-2', '#c8c8c8')")
    page.evaluate(axe)

    assert any(each.startswith("color-contrast") for each in page.evaluate(AXE)["violations"])


def test_dark_and_light_differ(open_page: Open) -> None:
    """The system's setting decides, without a script."""
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = open_page(color_scheme="light").page.evaluate(ground)
    dark = open_page(color_scheme="dark").page.evaluate(ground)

    assert (light, dark) == ("rgb(246, 245, 242)", "rgb(18, 19, 24)")


def test_the_keyboard_reaches_everything_in_order(open_page: Open, site: Site) -> None:
    """Tab visits every control once, in reading order, each with a visible outline."""
    site.mood = "refusing"
    page = open_page(step="failed").page
    visited, outlines = [], set()
    for _ in range(9):
        page.keyboard.press("Tab")
        visited.append(page.evaluate(FOCUSED))
        outlines.add(page.evaluate(OUTLINE))

    assert visited == [
        "#content",
        "?lang=en",
        "tel:110",
        "tel:112",
        "tel:08001921000",
        "Was der Dienst von einem Fall sieht",
        "Noch einmal holen",
        "/licences.txt",
        "/manifest.sha256.json",
    ]
    assert outlines == {"solid"}


def test_the_skip_link_shows_itself_and_leads_to_the_content(open_page: Open) -> None:
    """The first Tab shows the way past the head of the page, Enter takes it."""
    page = open_page().page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    assert page.evaluate("() => document.activeElement.id") == "content"


def test_the_keyboard_unfolds_what_the_service_sees(open_page: Open, words: dict[str, Any]) -> None:
    """The disclosure opens with Enter and closes again."""
    page = open_page().page
    told = page.get_by_text(words["depths"]["sight"]["limit"])
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(told).to_be_visible()
    page.keyboard.press("Enter")

    expect(told).to_be_hidden()


def test_the_language_switches_and_stays(
    open_page: Open, words: dict[str, Any], english: dict[str, Any]
) -> None:
    """One click turns the whole page, its title and its language; a reload keeps it."""
    watched = open_page()
    page = watched.page
    heading = page.get_by_role("heading", level=1)
    page.get_by_role("link", name="English").click()
    expect(heading).to_have_text(english["opening"]["heading"])
    expect(page.get_by_role("status").first).to_have_text(english["frame"]["switched"])
    assert not [each for each in watched.requests if "lang=" in each]
    assert language_of(page) == ("en", english["service"], "?lang=en")
    page.reload()
    expect(heading).to_have_text(english["opening"]["heading"])
    page.get_by_role("link", name="Deutsch").click()
    expect(heading).to_have_text(words["opening"]["heading"])

    assert language_of(page) == ("de", words["service"], "")


def language_of(page: Page) -> tuple[str, str, str]:
    """Return the declared language, the title and the query of the address."""
    lang, query = page.evaluate("() => [document.documentElement.lang, location.search]")
    return (lang, page.title(), query)


def test_while_the_facts_are_fetched_the_page_says_so(
    open_page: Open, site: Site, words: dict[str, Any]
) -> None:
    """Waiting is told in words, and nothing else waits."""
    site.may_answer.clear()
    page = open_page(step="waiting").page
    expect(page.get_by_text(words["facts"]["loading"])).to_be_visible()
    expect(page.get_by_role("link", name="110")).to_be_visible()
    site.may_answer.set()

    page.wait_for_selector("[data-step=arrived]")


@pytest.mark.parametrize(("mood", "failure"), MOODS)
def test_a_failure_says_what_happened_what_was_kept_and_what_to_do(
    open_page: Open, site: Site, words: dict[str, Any], mood: str, failure: str
) -> None:
    """Each kind of failure has its own sentence; asking again works and keeps the focus."""
    site.mood = mood
    page = open_page(step="failed").page
    for sentence in (*words["facts"]["failed"][failure].values(), words["facts"]["kept"]):
        expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("link", name="110")).to_be_visible()
    site.mood = "well"
    again = page.get_by_role("button", name=words["facts"]["again"])
    again.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-step=arrived]")

    assert page.evaluate("() => document.activeElement.className").startswith("answer")


@pytest.mark.parametrize("mood", ["well", "refusing"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_cut_and_nothing_scrolls_sideways(
    open_page: Open, site: Site, language: str, mood: str
) -> None:
    """At 320 px, at 200 and 400 percent of 1280 px, and between: one column is enough."""
    site.mood = mood
    step = "arrived" if mood == "well" else "failed"
    page = open_page(f"/?lang={language}", step=step).page
    page.locator("summary").click()
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        needed, given = page.evaluate(WIDTH)
        found[width] = (needed > given, page.evaluate(CUT))

    assert found == dict.fromkeys(WIDTHS, (False, []))


def test_on_paper_nothing_is_cut_and_controls_are_gone(open_page: Open) -> None:
    """A4: the numbers are whole, the switch is gone, two sheets are enough."""
    page = open_page(viewport={"width": 628, "height": 900}).page
    page.emulate_media(media="print")
    cut = page.evaluate(CUT)
    expect(page.get_by_role("link", name="English")).to_be_hidden()
    expect(page.get_by_role("link", name="0800")).to_be_visible()
    paper = page.pdf(prefer_css_page_size=True)

    assert cut == []
    assert paper.count(b"/Type /Page\n") == 2
