"""Single keys do what the sheet of keys says, and nothing while somebody types."""

from tests.contract.worlds import World
from tests.journeys.conftest import Visit


def test_slash_finds(world: World, visit: Visit) -> None:
    page = visit(world.owner, "/")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "find"
    page.keyboard.type("caisson")
    assert page.locator("#find").input_value() == "caisson"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=caisson**")
    assert "caisson" in page.locator("main").inner_text().lower()
    assert page.problems == []


def test_question_mark_shows_the_keys_and_escape_hides_them(world: World, visit: Visit) -> None:
    page = visit(world.owner, "/risk/risk/")
    page.keyboard.press("?")
    sheet = page.locator("dialog[open]")
    assert sheet.is_visible()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()
    assert page.problems == []


def test_g_and_a_letter_go_to_each_place_that_names_one(world: World, visit: Visit) -> None:
    page = visit(world.owner, "/")
    places = page.locator("[data-go]").evaluate_all("links => links.map(link => [link.dataset.go, link.pathname])")
    assert len(places) >= 5 and len({key for key, _path in places}) == len(places)
    for key, path in places:
        with page.expect_navigation():
            page.keyboard.press("g")
            page.keyboard.press(key)
        assert page.evaluate("() => location.pathname").startswith(path), key
    assert page.problems == []


def test_keys_are_letters_while_somebody_types(world: World, visit: Visit) -> None:
    page = visit(world.owner, "/risk/risk/new/")
    title = page.get_by_role("textbox", name="Title")
    title.press_sequentially("n/?gr jk")
    assert title.input_value() == "n/?gr jk"
    assert page.url.endswith("/risk/risk/new/") and not page.locator("dialog[open]").count()


def test_a_list_is_walked_and_opened(world: World, visit: Visit) -> None:
    page = visit(world.owner, "/risk/risk/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    row = page.locator("[data-rows] tr.is-cursor")
    assert row.count() == 1
    path = row.locator("a[href]").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator(".ms-bulk").is_visible()
    assert page.problems == []
