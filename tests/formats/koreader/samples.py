"""Files in KOReader's shapes: one paper with a highlight, a commented underline and a bookmark."""

from __future__ import annotations

SIDECAR = """-- settings of one document
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "1 Introduction",
            ["color"] = "red",
            ["datetime"] = "2026-03-01 10:00:01",
            ["drawer"] = "lighten",
            ["page"] = 1,
            ["pageno"] = 1,
            ["pos0"] = { ["page"] = 1, ["x"] = 72.5, ["y"] = 120.25, ["zoom"] = 1.5 },
            ["pos1"] = { ["page"] = 1, ["x"] = 210, ["y"] = 120.25, ["zoom"] = 1.5 },
            ["text"] = "wait in a queue",
        },
        [2] = {
            ["chapter"] = "2 Measurements",
            ["datetime"] = "2026-03-01 10:05:30",
            ["datetime_updated"] = "2026-03-02 08:00:00",
            ["drawer"] = "underscore",
            ["note"] = "even with\\
slow links?",
            ["page"] = 2,
            ["pos0"] = { ["page"] = 2, ["x"] = 72, ["y"] = 90 },
            ["text"] = "every added worker",
        },
        [3] = {
            ["datetime"] = "2026-03-01 10:09:00",
            ["page"] = 3,
            ["text"] = "in 3 Related work",
        },
    },
    ["doc_pages"] = 3,
    ["doc_path"] = "/mnt/onboard/papers/antman.pdf",
    ["doc_props"] = {
        ["authors"] = "Wencong Xiao\\
Shiru Ren",
        ["title"] = "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning",
    },
    ["partial_md5_checksum"] = "0123456789abcdef0123456789abcdef",
    ["percent_finished"] = 0.5,
}
"""

OLD_SIDECAR = """return {
    ["bookmarks"] = {
        [1] = {
            ["datetime"] = "2022-05-01 09:00:00", ["highlighted"] = true, ["notes"] = "every added worker",
            ["page"] = 2, ["text"] = "my own remark",
        },
        [2] = {
            ["datetime"] = "2022-05-01 08:00:00", ["highlighted"] = true, ["notes"] = "wait in a queue",
            ["page"] = 1, ["text"] = "Page 1 wait in a queue @ 2022-05-01 08:00:00",
        },
        [3] = { ["datetime"] = "2022-05-01 10:00:00", ["notes"] = "in Chapter 3", ["page"] = 3 },
    },
    ["highlight"] = {
        [1] = { [1] = { ["datetime"] = "2022-05-01 08:00:00", ["drawer"] = "lighten", ["text"] = "wait in a queue" } },
        [2] = { [1] = { ["datetime"] = "2022-05-01 09:00:00", ["drawer"] = "strikeout", ["text"] = "every added worker" } },
    },
    ["stats"] = { ["authors"] = "Wencong Xiao", ["title"] = "AntMan: Dynamic Scaling on GPU Clusters for Deep Learning" },
    ["doc_path"] = "/mnt/us/antman.pdf",
}
"""

MARKDOWN = """# AntMan: Dynamic Scaling on GPU Clusters for Deep Learning
##### Wencong Xiao, Shiru Ren

## 1 Introduction
### Page 1 @ 01 March 2026 10:00:01 AM
**wait in a queue**
## 2 Measurements
### Page 2 @ 01 March 2026 10:05:30 AM
<u>every added worker</u>

---
even with
slow links?

[View in book](<file:///mnt/onboard/papers/antman.pdf?pos=2>)
"""
