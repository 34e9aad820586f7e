from __future__ import annotations

import json


def test_no_request_leaves_the_page(reader):
    reader.driver.get_log("performance")
    reader.open("two", "#r2-C02")
    messages = [json.loads(entry["message"])["message"] for entry in reader.driver.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []


def test_hostile_texts_run_nothing_and_the_policy_stops_what_would(reader):
    reader.open("hostile", "#C01")
    assert reader.js("document.querySelector('#C01 .text').firstChild.data").startswith("<script>alert(1)</script>")
    assert len(reader.driver.find_elements("css selector", "script")) == 1
    reader.js("document.body.setAttribute('onclick', 'window.broken = 1'), document.body.click()")
    assert reader.js("window.broken") is None
    blocked = reader.driver.get_log("browser")
    assert any("Content Security Policy" in entry["message"] for entry in blocked)


def test_without_javascript_everything_is_readable(reader):
    tree = reader.without_scripts("one", "How to read this page")
    assert any("MNLI has 40,000 training examples." in text for text in tree["strings"])
    drawn = {tree["strings"][i] for i in tree["documents"][0]["layout"]["text"] if i >= 0}
    assert "How to read this page" in drawn
    assert not {"Search claims and evidence", "Clear"} & drawn


def test_thousands_of_claims_stay_quick(reader):
    reader.open("long")
    spent = reader.js(
        """(() => {
            const list = new Page.List(), state = Page.emptyState(), begin = performance.now();
            state.q = "hellaswag"; state.sort = "confidence"; list.apply(state);
            document.body.offsetHeight;
            return [performance.now() - begin, list.claims.length];
        })()"""
    )
    assert spent[1] == 480
    assert spent[0] < 2000
