"""Which barrier there is, what is said of it, and what still holds where a weaker one has to do."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from labkit.errors import LabkitError
from labkit.grading.jail import Jail, SessionLost, bubblewrap, protections
from labkit.grading.jail import confinement as module
from labkit.grading.jail.confinement import Confinement, confinement
from labkit.grading.jail.protections import SENTENCES, in_force
from tests.grading.jail.running import LIMITS, job, processes_named, run_in, world

REALLY_THERE = shutil.which


@pytest.fixture(params=["unshare", "nothing"])
def weaker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Confinement]:
    """The barrier of a machine without bwrap, or without unshare as well."""
    there = {"unshare"} if request.param == "unshare" else set()
    monkeypatch.setattr(shutil, "which", lambda name: REALLY_THERE(name) if name in there else None)
    confinement.cache_clear()
    try:
        found = confinement()
        if there and found.program is None:
            pytest.skip("unshare does not work on this machine")
        if found.refused:
            pytest.skip("root's Python lies where no other user may read it")
        yield found
    finally:
        confinement.cache_clear()


def test_every_protection_says_in_both_languages_whether_it_holds():
    told = protections()
    assert [each.name for each in told] == list(SENTENCES)
    for each in told:
        assert each.sentence in SENTENCES[each.name]
        assert each.sentence.en != each.sentence.zh
        assert each.sentence == SENTENCES[each.name][0 if each.in_force else 1]


def test_behind_bubblewrap_everything_holds(own_view):
    assert all(each.in_force for each in protections()), protections()


def test_an_older_bubblewrap_does_and_what_it_lacks_is_said(own_view, monkeypatch):
    monkeypatch.setattr(bubblewrap, "can_bound_folders", lambda program: False)
    assert [each.name for each in protections() if not each.in_force] == ["disk"]
    with Jail([world()], LIMITS) as jail:
        assert run_in(jail, "n = len(lab.data('items'))").statuses == ["ran"]


def test_a_python_that_lies_within_tmp_is_not_covered_by_the_jails_own_tmp():
    words = bubblewrap.command("bwrap", [world()], 1 << 20, as_root=False)
    own_tmp = next(at for at, word in enumerate(words) if word == "--tmpfs" and words[at + 1] == "/tmp")
    assert own_tmp < words.index("--ro-bind")


def test_a_weaker_barrier_says_what_is_missing(weaker):
    missing = {each.name for each in protections() if not each.in_force}
    assert {"files", "answer_key"} <= missing
    assert ("network" in missing) == (weaker.program is None)
    assert "time" not in missing


def test_nothing_is_claimed_of_a_machine_where_no_trial_was_possible():
    holds = in_force(Confinement(None, None, {}))
    assert {name for name, in_place in holds.items() if in_place} == {"time"}


def test_behind_a_weaker_barrier_labs_run_and_limits_hold(weaker):
    with Jail([world()], LIMITS) as jail:
        ran = run_in(
            jail,
            "n = len(lab.data('baskets'))",
            "while True: pass",
            "import numpy as np; np.empty(30 << 27)",
            "import os; os._exit(0)",
            ask=("n",),
        )
        assert ran.statuses == ["ran", "cut_off", "raised", "cut_off"]
        assert isinstance(ran.answers["n"], SessionLost)
        assert run_in(jail, "n = 1", ask=("n",)).answers == {"n": 1}


def test_behind_a_weaker_barrier_what_was_started_ends_with_the_jail(weaker):
    mark = f"{63.0 + int(uuid.uuid4().hex[:6], 16) / 1e9:.9f}"
    with (
        Jail([world()], LIMITS) as jail,
        jail.session(job(f"import subprocess; subprocess.Popen(['/bin/sleep', '{mark}'])")),
    ):
        assert processes_named(mark)
    assert processes_named(mark) == []


def test_behind_a_weaker_barrier_root_gives_up_its_rights(weaker, tmp_path):
    if os.getuid() != 0:
        pytest.skip("only root has rights to give up")
    canary = tmp_path / "canary"
    canary.write_text("sings")
    with Jail([world()], LIMITS) as jail:
        ran = run_in(
            jail,
            "import os; ids = [os.getuid(), os.geteuid(), *os.getgroups()]",
            f"import os; os.remove({str(canary)!r})",
            ask=("ids",),
        )
        assert 0 not in ran.answers["ids"]
        assert ran.statuses == ["ran", "raised"]
        assert "deleted_outside" in ran.kinds
    assert canary.exists()


def test_the_own_folder_is_removed_with_the_jail(weaker):
    with Jail([world()], LIMITS) as jail:
        folder = Path(run_in(jail, "import os; here = os.getcwd()", ask=("here",)).answers["here"])
        assert folder.is_dir()
    assert not folder.exists()


def test_root_runs_no_submission_with_its_own_rights(monkeypatch):
    refused = Confinement(None, None, {}, refused=True)
    monkeypatch.setattr("labkit.grading.jail.jail.confinement", lambda: refused)
    with (
        Jail([world()], LIMITS) as jail,
        pytest.raises(LabkitError, match="bubblewrap") as raised,
        jail.session(job()),
    ):
        pass
    assert "bubblewrap" in raised.value.do.zh


def test_a_worker_that_does_not_start_is_an_error_in_both_languages(monkeypatch):
    broken = Confinement(None, None, {})
    monkeypatch.setattr("labkit.grading.jail.jail.confinement", lambda: broken)
    monkeypatch.setattr(
        Confinement, "command", lambda *_: [module.sys.executable, "-c", "raise SystemExit('no room')"]
    )
    with (
        Jail([world()], LIMITS) as jail,
        pytest.raises(LabkitError, match="no room") as raised,
        jail.session(job()),
    ):
        pass
    assert "隔离" in raised.value.what.zh
