"""The site as a person sees it: opened from the folder, without a server and without network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from notes_tui.formats import site
from notes_tui.model.dump import DumpedCollection
from notes_tui.model.item import Creator, Entry, Item, ItemDetail, Note
from notes_tui.model.outline import outlines
from tests.formats.site.conftest import CHROMIUM, DRIVER

HOSTILE = "</script><script>document.title='harm'</script><img src=x onerror=\"document.title='harm'\">"
DETAILS = [
    ItemDetail(
        Item(
            citekey="antman2020", title="AntMan: Dynamic Scaling", creators=(Creator("Xiao", "Wencong"),),
            read_status="read", tags=("gpu",), entries=(Entry("one", ("Scheduling",), 1, "", ""),),
        ),
        (Note("", f"**注意：**这里有调度\n\n{HOSTILE}\n"),), (), (),
    ),
    ItemDetail(
        Item(
            citekey="gavel2020", title="Heterogeneity‑Aware ＧＰＵ Policies", tags=("moe/routing",),
            entries=(Entry("one", ("Scheduling",), 2, "", ""), Entry("two", (), 1, "", "")),
        ),
        (), (), (),
    ),
    ItemDetail(Item(citekey="alone", title=HOSTILE), (), (), ()),
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """Chromium without a window."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1200,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of a site in a folder with an awkward name."""
    root = tmp_path / "my site #1"
    look = site.Look(
        "Notes", {each.item.citekey: f"papers/{each.item.citekey}.html" for each in DETAILS}, {"read": "●"}, ("read",)
    )  # fmt: skip
    lists = outlines(
        [DumpedCollection(slug="one", title="First list"), DumpedCollection(slug="two", title="Second list")],
        [each.item for each in DETAILS],
    )
    (root / "papers").mkdir(parents=True)
    (root / "index.html").write_text(site.index_page(lists, DETAILS, look), encoding="utf-8")
    (root / "style.css").write_text(site.style(), encoding="utf-8")
    for each in DETAILS:
        (root / look.places[each.item.citekey]).write_text(
            site.item_page(each, look, {"one": "First list"}), encoding="utf-8"
        )
    return (root / "index.html").as_uri()


def shown(browser: webdriver.Chrome) -> list[str]:
    """Keys of the entries in view."""
    found = browser.find_elements(By.CSS_SELECTOR, "li[data-key]")
    return [each.get_attribute("data-key") or "" for each in found if each.is_displayed()]


def test_the_search_field_filters_and_the_address_remembers(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address)
    assert shown(browser) == ["antman2020", "gavel2020", "gavel2020", "alone"]
    assert browser.find_element(By.TAG_NAME, "output").text == "3 items"
    field = browser.find_element(By.NAME, "q")
    for words, keys in (
        ("xiao DYNAMIC", ["antman2020"]),
        ("调度", ["antman2020"]),
        ("heterogeneity-aware gpu", ["gavel2020"] * 2),
    ):
        field.clear()
        field.send_keys(words)
        assert shown(browser) == keys
    assert browser.find_element(By.TAG_NAME, "output").text == "1 of 3"
    assert "#q=heterogeneity-aware" in browser.current_url
    browser.get("about:blank")
    browser.get(f"{address}#q=xiao")
    assert shown(browser) == ["antman2020"]
    field = browser.find_element(By.NAME, "q")
    field.send_keys("\ue00c")
    assert len(shown(browser)) == 4


def test_filters_by_status_list_and_tag_join(browser: webdriver.Chrome, address: str) -> None:
    browser.get("about:blank")
    browser.get(address)
    Select(browser.find_element(By.NAME, "status")).select_by_value("unread")
    assert shown(browser) == ["gavel2020", "gavel2020", "alone"]
    Select(browser.find_element(By.NAME, "list")).select_by_value("two")
    assert shown(browser) == ["gavel2020"]
    Select(browser.find_element(By.NAME, "tag")).select_by_value("gpu")
    assert shown(browser) == []
    assert browser.find_element(By.ID, "none").is_displayed()
    browser.get(f"{address}#tag=moe")
    assert browser.find_element(By.TAG_NAME, "h1").is_displayed()


def test_a_tag_link_of_a_page_leads_to_its_items(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address.replace("index.html", "papers/gavel2020.html"))
    browser.find_element(By.LINK_TEXT, "#moe/routing").click()
    WebDriverWait(browser, 10).until(lambda driver: shown(driver) == ["gavel2020", "gavel2020"])


def test_pages_are_styled_and_nothing_in_a_note_runs(browser: webdriver.Chrome, address: str) -> None:
    for page in ("index.html", "papers/antman2020.html", "papers/alone.html"):
        browser.get(address.replace("index.html", page))
        assert "harm" not in browser.title or browser.title == HOSTILE
        assert browser.find_element(By.TAG_NAME, "body").value_of_css_property("max-width") in (
            "1184px",
            "736px",
        )
    browser.get(address.replace("index.html", "papers/antman2020.html"))
    assert browser.find_element(By.CSS_SELECTOR, ".note strong").text == "注意："
    severe = [each for each in browser.get_log("browser") if each["level"] == "SEVERE"]
    assert not [each for each in severe if "ERR_FILE_NOT_FOUND" not in each["message"]]


def test_it_fits_a_phone(browser: webdriver.Chrome, address: str) -> None:
    browser.set_window_size(500, 800)
    browser.get(address)
    width = browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert width == 0
    browser.set_window_size(1200, 900)
