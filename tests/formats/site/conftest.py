"""Browser tests need Chromium and its driver; where there are none, the report says so."""

from __future__ import annotations

import shutil

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
collect_ignore = [] if CHROMIUM and DRIVER else ["test_in_browser.py"]


def pytest_report_header() -> str:
    return f"browser for the site's tests: {CHROMIUM if CHROMIUM and DRIVER else 'none found, they are left out'}"
