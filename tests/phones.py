"""Exports of ODK Central and KoboToolbox, made from what was answered on the phone: one writer for each dialect."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from scoring.compile.vocabulary import vocabulary
from scoring.form.phone.asked import Asked
from scoring.questions import ASKED, PROBLEMS, REASON, SKIP, coded
from scoring.rule.standard import Standard

# A fixed day for the members of an archive, so that the same answers give the same bytes.
_DAY = (2026, 6, 4, 0, 0, 0)
NUMBER_TYPES = ("integer", "decimal")


@dataclass(frozen=True)
class Filled:
    """One form as filled in on a phone: questions of the form's own, 检查项, and problems, by Chinese names."""

    id: str
    visit: Mapping[str, str]
    answers: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Mapping[str, str]] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    review: str = ""


class Phone:
    """What the form asks, and how each dialect would export what was filled in."""

    def __init__(self, *standards: Standard) -> None:
        self.asked = Asked.of(standards)
        self.fields = vocabulary(standards)
        self.group = coded(next(iter(self.asked.groups)), "g_")

    def named(self, one: Filled) -> dict[str, str]:
        """Return the answers by the names of their questions; 60% as 60, 不适用 of a number under a question of its own."""
        found = {}
        for name, word in one.answers.items():
            if word == "不适用" and not self.fields[name].choices:
                found[coded(name, SKIP)] = "是"
            else:
                found[self.asked.question(name)] = word.removesuffix("%")
        found |= {coded(name, REASON): why for name, why in one.reasons.items()}
        return found

    def asks(self, kind: str) -> str:
        """Return what the form calculates under ``asked``."""
        names = (name for name in self.asked.fields if kind in self.asked.concerned[name])
        return " ".join(self.asked.question(name) for name in names)

    def told(self, one: Filled) -> dict[str, str]:
        """Return the form's own questions."""
        return {**one.visit, ASKED: self.asks(one.visit["kind"])}

    def every(self) -> list[str]:
        """Return every question in the group."""
        found = []
        for name, asked in self.asked.fields.items():
            found += [coded(name, SKIP)] if asked.may_skip and not asked.choices else []
            found.append(self.asked.question(name))
            found += [coded(name, REASON)] if asked.kind == "分数" else []
        return found

    def central_zip(self, filled: Sequence[Filled]) -> bytes:
        own = _union(self.told(one) for one in filled)
        head = ["SubmissionDate", "meta-instanceID"]
        for name in own:
            head += _split(name)
        head += [f"{self.group}-{name}" for name in self.every()]
        head += ["KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status",
                 "ReviewState", "DeviceID", "Edits", "FormVersion"]  # fmt: skip
        rows, problems = [head], []
        columns = ["item", "place", "count", "size", "photo", "position", "note"]
        problems.append([part for name in columns for part in _split(name)] + ["PARENT_KEY", "KEY"])
        for one in filled:
            told, named, key = self.told(one), self.named(one), f"uuid:{one.id}"
            line = ["2026-06-04T08:00:00.000Z", key]
            for name in own:
                line += _apart(name, told.get(name, ""))
            line += [named.get(name, "") for name in self.every()]
            rows.append([*line, key, "3", "张三", "0", "0", "", one.review, "d:1", "0", "v1"])
            for at, found in enumerate(one.problems):
                cells = [part for name in columns for part in _apart(name, found.get(name, ""))]
                problems.append([*cells, key, f"{key}/problems[{at + 1}]"])
        return archive(
            {
                "chuangwei_T.csv": _csv(rows),
                f"chuangwei_T-{PROBLEMS}.csv": _csv(problems),
                "media/1.jpg": b"\xff\xd8",
            }
        )

    def odata(self, filled: Sequence[Filled]) -> bytes:
        value = []
        for one in filled:
            record: dict[str, Any] = {"__id": f"uuid:{one.id}"}
            record["__system"] = {"submissionDate": "2026-06-04T08:00:00.000Z", "edits": 0, "status": None,
                                  "reviewState": one.review or None}  # fmt: skip
            record["meta"] = {"instanceID": f"uuid:{one.id}", "instanceName": None}
            record |= {name: _geo(name, word) for name, word in self.told(one).items()}
            named = self.named(one)
            record[self.group] = {name: named.get(name) for name in self.every()}
            record[f"{PROBLEMS}@odata.navigationLink"] = f"Submissions('uuid%3A{one.id}')/{PROBLEMS}"
            record[PROBLEMS] = [
                {"__id": f"{at:040x}", **{name: _geo(name, word) for name, word in found.items()}}
                for at, found in enumerate(one.problems)
            ]
            value.append(record)
        return _json(
            {"value": value, "@odata.context": "https://odk.example.org/v1/x.svc/$metadata#Submissions"}
        )

    def kobo_json(self, filled: Sequence[Filled]) -> bytes:
        results = []
        for at, one in enumerate(filled, start=1):
            record: dict[str, Any] = {
                "_id": at,
                "formhub/uuid": "f0",
                "__version__": "v1",
                "meta/instanceID": f"uuid:{one.id}",
            }
            record |= {name: word for name, word in self.told(one).items() if word}
            record |= {f"{self.group}/{name}": word for name, word in self.named(one).items() if word}
            if one.problems:
                record[PROBLEMS] = [
                    {f"{PROBLEMS}/{name}": word for name, word in found.items() if word}
                    for found in one.problems
                ]
            status = {"uid": "validation_status_not_approved", "label": "Not Approved"} if one.review else {}
            record |= {"_uuid": one.id, "_submission_time": "2026-06-04T08:00:00", "_validation_status": status,
                       "_attachments": [], "_geolocation": [None, None], "_tags": [], "_notes": []}  # fmt: skip
            results.append(record)
        return _json({"count": len(results), "next": None, "previous": None, "results": results})

    def kobo_xlsx(self, filled: Sequence[Filled]) -> bytes:
        own = _union(self.told(one) for one in filled)
        tail = [
            "_id",
            "_uuid",
            "_submission_time",
            "_validation_status",
            "_notes",
            "_status",
            "__version__",
            "_index",
        ]
        head = [
            *own,
            "_position_latitude",
            "_position_longitude",
            *(f"{self.group}/{name}" for name in self.every()),
            *tail,
        ]
        columns = ["item", "place", "count", "size", "photo", "photo_URL", "position", "note"]
        own_tail = ["_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"]
        main, problems = [head], [[*(f"{PROBLEMS}/{name}" for name in columns), *own_tail]]
        for at, one in enumerate(filled, start=1):
            told, named = self.told(one), self.named(one)
            line = (
                [told.get(name, "") for name in own]
                + ["", ""]
                + [named.get(name, "") for name in self.every()]
            )
            state = "Not Approved" if one.review else ""
            main.append(
                [*line, str(at), one.id, "2026-06-04T08:00:00", state, "", "submitted_via_web", "v1", str(at)]
            )
            for found in one.problems:
                cells = [found.get(name, "") for name in columns]
                problems.append([*cells, str(len(problems)), "检查登记", str(at), str(at), one.id])
        return book({"检查登记": main, PROBLEMS: problems})

    def exports(self, filled: Sequence[Filled]) -> dict[str, bytes]:
        """Return what each dialect exports, by the name of its file."""
        return {
            "central.zip": self.central_zip(filled),
            "central.json": self.odata(filled),
            "kobo.json": self.kobo_json(filled),
            "kobo.xlsx": self.kobo_xlsx(filled),
        }


def _union(rows: Any) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _split(name: str) -> list[str]:
    return (
        [f"position-{part}" for part in ("Latitude", "Longitude", "Altitude", "Accuracy")]
        if name == "position"
        else [name]
    )


def _apart(name: str, word: str) -> list[str]:
    return (word.split() + [""] * 4)[:4] if name == "position" else [word]


def _geo(name: str, word: str) -> Any:
    if name != "position" or not word:
        return word or None
    latitude, longitude, *_ = word.split()
    point = f'{{"type": "Point", "coordinates": [{longitude}, {latitude}, 20.0], "properties": {{"accuracy": 4.5}}}}'
    return json.loads(point, parse_float=Raw)


class Raw(float):
    """A number that is written as it was read."""

    def __new__(cls, text: str) -> Raw:
        found = super().__new__(cls, text)
        found.text = text  # type: ignore[attr-defined]
        return found

    def __repr__(self) -> str:
        return str(self.text)  # type: ignore[attr-defined]


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def book(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Return a workbook of texts."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.set_properties({"created": __import__("datetime").datetime(2026, 6, 4)})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, column, cell)
    made.close()
    return out.getvalue()


def write(folder: Path, exports: Mapping[str, bytes]) -> dict[str, Path]:
    """Write some exports; return where each stands."""
    for name, content in exports.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in exports}
