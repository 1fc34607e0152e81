"""Code that means harm: it is held back, named, and the next lab runs as if nothing had been.

Every act is aimed at something the test itself made, bounded in number and time: should a protection fail, the test
fails and nothing else is hurt.
"""

from __future__ import annotations

import dataclasses
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from labkit.grading.jail import Jail, SessionLost
from tests.grading.jail.running import LIMITS, job, processes_named, run_in, world


def goes_on(jail: Jail) -> bool:
    """Does the next lab of the same submission run?"""
    ran = run_in(jail, "x = 1", ask=("x",))
    return ran.statuses == ["ran"] and ran.answers == {"x": 1}


# ---- files -----------------------------------------------------------------------------------------


def test_a_file_outside_can_neither_be_deleted_nor_written(jail, tmp_path, own_view):
    canary = tmp_path / "canary.txt"
    canary.write_text("sings")
    canary.chmod(0o666)
    tmp_path.chmod(0o777)
    path = str(canary)
    ran = run_in(
        jail,
        f"import os; os.remove({path!r})",
        f"open({path!r}, 'w').write('silent')",
        f"import shutil; shutil.rmtree({str(tmp_path)!r})",
        f"!rm -f {path}",
        f"open({path!r}).read()",
    )
    assert canary.read_text() == "sings"
    assert ran.statuses == ["raised", "raised", "raised", "ran", "raised"]
    assert {"deleted_outside", "written_outside"} <= ran.kinds
    assert path in next(i.detail for i in ran.incidents if i.kind == "deleted_outside")


def test_nothing_but_the_own_folder_can_be_written(jail, own_view):
    probe = """
import os
written = []
for folder in ("/", "/dev", "/dev/shm", "/etc", "/usr", "/usr/lib", "/worlds", "/worlds/0", "/worlds/0/data", "/labkit_packages",
               "/labkit_packages/labkit", "/labkit_packages/labkit/world", "/proc/sys/kernel", os.path.expanduser("~")):
    try:
        with open(folder + "/probe", "w") as file:
            file.write("x")
        written.append(folder)
    except OSError:
        pass
"""
    assert set(run_in(jail, probe, ask=("written",)).answers["written"]) <= {"/tmp", "/dev/shm", "/scratch"}


def test_the_own_folder_is_bounded_and_gone_afterwards(jail, own_view):
    fill = """
left = "left_over" in __import__("os").listdir(".")
written = 0
try:
    for number in range(10):
        with open(f"left_over{number}", "wb") as file:
            for _ in range(10):
                written += file.write(bytes(1 << 20))
except OSError as error:
    full = error.errno
"""
    ran = run_in(jail, fill, ask=("written", "full"))
    assert 0 < ran.answers["written"] <= LIMITS.scratch_bytes
    with Jail([world()], LIMITS) as other:
        seen = run_in(other, "import os; seen = os.listdir('.')", ask=("seen",)).answers["seen"]
    assert not [name for name in seen if name.startswith("left_over")]


def test_answer_keys_solutions_checks_and_the_simulator_are_not_there(jail, own_view):
    from labkit.locations import PROJECT

    secret = world() / "truth"
    assert secret.is_dir()
    ran = run_in(
        jail,
        f"import os; found = [p for p in ({str(secret)!r}, '/worlds/0/truth', {str(PROJECT / 'course')!r}, "
        f"{str(PROJECT / 'solutions')!r}, {str(PROJECT / 'tests')!r}) if os.path.exists(p)]",
        f"project = {str(PROJECT)!r}; beside = os.listdir(project) if os.path.exists(project) else []",
        f"os.listdir({str(secret)!r})",
        "from labkit.world import generate",
        "from labkit.store import open_world; open_world('tiny', 2026)",
        "import glob; walked = glob.glob('/worlds/**/*', recursive=True)",
        ask=("found", "beside", "walked"),
    )
    assert ran.answers["found"] == []
    assert all(Path(sys.prefix).is_relative_to(PROJECT / name) for name in ran.answers["beside"])
    assert ran.statuses == ["ran", "ran", "raised", "raised", "raised", "ran"]
    assert ran.answers["walked"]
    assert not [path for path in ran.answers["walked"] if "truth" in path]
    assert {"answer_key", "world"} <= ran.kinds


def test_no_file_anywhere_inside_holds_a_check_or_an_answer_key(jail, own_view):
    search = """
import os
found = []
for folder, folders, files in os.walk("/"):
    folders[:] = [n for n in folders if os.path.join(folder, n) not in ("/proc", "/usr", "/lib") and n != "site-packages" and not n.startswith("python3")]
    found += [os.path.join(folder, n) for n in (*files, *folders) if n in ("checks", "truth", "course.toml", "generate.py", "checks.py", "progress.jsonl")]
"""
    ran = run_in(jail, search, ask=("found",))
    assert ran.statuses == ["ran"]
    of_labkit_itself = [
        path for path in ran.answers["found"] if path.startswith("/labkit_packages/labkit/authoring")
    ]
    assert ran.answers["found"] == of_labkit_itself, "the template of a new lab is no secret"


# ---- network ---------------------------------------------------------------------------------------


def test_a_connection_to_this_machine_never_arrives(jail, apart):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        port = listener.getsockname()[1]
        ran = run_in(
            jail, f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=1).sendall(b'x')"
        )
        with pytest.raises(TimeoutError):
            listener.accept()
    assert ran.statuses == ["raised"]
    assert "socket" in ran.kinds
    assert str(port) in next(i.detail for i in ran.incidents if i.kind == "socket")


def test_there_is_no_other_interface_than_loopback(jail, apart):
    ran = run_in(jail, "import socket; names = [name for _, name in socket.if_nameindex()]", ask=("names",))
    assert set(ran.answers["names"]) <= {"lo"}


# ---- processes -------------------------------------------------------------------------------------


def test_two_hundred_processes_are_bounded_named_and_gone_afterwards(jail, apart):
    mark = f"{60.0 + int(uuid.uuid4().hex[:6], 16) / 1e9:.9f}"
    source = f"""
import subprocess, sys
started = []
try:
    for _ in range(200):
        started.append(subprocess.Popen(["/bin/sleep", "{mark}"], start_new_session=True))
finally:
    count = len(started)
"""
    with jail.session(job(source)) as session:
        counted = len(processes_named(mark))
        assert session.cells[0].status in {"raised", "cut_off"}
        assert session.answer("count") <= LIMITS.processes
    assert 0 < counted <= LIMITS.processes
    assert processes_named(mark) == []
    assert "processes" in {incident.kind for incident in jail.incidents}
    assert goes_on(jail)


def test_a_process_that_turns_away_and_ignores_signals_is_gone_afterwards(jail, apart):
    mark = uuid.uuid4().hex
    source = f"""
import os, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        code = "import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals()); time.sleep(60)"
        os.execv(sys.executable, [sys.executable, "-c", code, "{mark}"])
    os._exit(0)
"""
    with jail.session(job(source, "import time; time.sleep(0.5)")):
        running = processes_named(mark)
    assert running
    assert processes_named(mark) == []


def test_it_sees_no_process_but_its_own_and_cannot_end_the_grader(jail, apart):
    ran = run_in(
        jail,
        "import os; seen = [int(name) for name in os.listdir('/proc') if name.isdigit()]",
        f"os.kill({os.getpid()}, 0)",
        ask=("seen",),
    )
    assert len(ran.answers["seen"]) < 10
    assert ran.statuses == ["ran", "raised"]
    assert "signal" in ran.kinds


def test_ending_its_parent_costs_it_the_lab_and_nobody_else(jail, apart):
    ran = run_in(
        jail,
        "import os, signal; os.kill(os.getppid(), signal.SIGKILL)",
        "import time; time.sleep(2)",
        ask=("x",),
    )
    assert isinstance(ran.answers["x"], SessionLost)
    assert {"signal", "lost"} <= ran.kinds
    assert goes_on(jail)


def test_ending_everything_in_reach_costs_it_the_lab_and_nobody_else(jail, apart):
    only_if_apart = (
        "import os; assert os.getuid() and len([n for n in os.listdir('/proc') if n.isdigit()]) < 10"
    )
    witness = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
    try:
        ran = run_in(jail, f"{only_if_apart}; os.kill(-1, 9)", "import time; time.sleep(2)", ask=("x",))
        assert isinstance(ran.answers["x"], SessionLost)
        assert witness.poll() is None
        assert goes_on(jail)
    finally:
        witness.kill()
        witness.wait()


def test_nothing_is_left_when_the_jail_is_left_by_an_error(apart):
    mark = f"{61.0 + int(uuid.uuid4().hex[:6], 16) / 1e9:.9f}"

    def interrupted() -> None:
        sleeping = job(f"import subprocess; subprocess.Popen(['/bin/sleep', '{mark}'])")
        with Jail([world()], LIMITS) as jail, jail.session(sleeping):
            assert processes_named(mark)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert processes_named(mark) == []


def test_nothing_is_left_when_the_grader_itself_is_killed(tmp_path, apart):
    mark = f"{62.0 + int(uuid.uuid4().hex[:6], 16) / 1e9:.9f}"
    grader = f"""
import time
from labkit.grading.jail import Jail
from tests.grading.jail.running import LIMITS, job, world
with Jail([world()], LIMITS) as jail:
    with jail.session(job("import subprocess; subprocess.Popen(['/bin/sleep', '{mark}'])")):
        print("running", flush=True)
        time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", grader], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    assert processes_named(mark)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 10
    while processes_named(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_named(mark) == []


# ---- time, memory, output --------------------------------------------------------------------------


def test_an_endless_loop_is_cut_off_and_the_next_cell_goes_on(jail):
    ran = run_in(jail, "while True: pass", "x = 1", ask=("x",))
    assert ran.statuses == ["cut_off", "ran"]
    assert ran.cells[0].seconds < LIMITS.cell_seconds + 2
    assert ran.answers["x"] == 1
    assert "time" in ran.kinds


def test_a_loop_that_swallows_every_interruption_is_ended_with_its_lab(jail):
    source = """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
while True:
    try:
        while True: pass
    except BaseException:
        pass
"""
    began = time.monotonic()
    ran = run_in(jail, "x = 1", source, "y = 1", ask=("x",))
    assert time.monotonic() - began < LIMITS.lab_seconds
    assert ran.statuses == ["ran", "cut_off", "not_run"]
    assert isinstance(ran.answers["x"], SessionLost)
    assert ran.answers["x"].reason == "time"
    assert goes_on(jail)


def test_a_function_that_never_returns_is_interrupted_and_the_session_goes_on(jail):
    with jail.session(job("def f():\n    while True: pass\ndef g(): return 1")) as session:
        with pytest.raises(Exception, match="TookTooLong"):
            session.answer("f")()
        assert session.answer("g")() == 1


def test_many_slow_answers_together_end_in_time():
    limits = dataclasses.replace(LIMITS, lab_seconds=3)
    with Jail([world()], limits) as jail:
        with jail.session(job("import time\ndef f(): time.sleep(1.2)")) as session:
            f, began = session.answer("f"), time.monotonic()
            with pytest.raises(SessionLost) as lost:
                [f() for _ in range(20)]
            assert lost.value.reason == "time"
            assert time.monotonic() - began < 6
        assert goes_on(jail)


def test_thirty_gigabytes_are_not_to_be_had(jail):
    ran = run_in(jail, "import numpy as np; a = np.empty(30 << 27)", "x = 1", ask=("x",))
    assert ran.statuses == ["raised", "ran"]
    assert "Memory" in ran.cells[0].error
    assert "memory" in ran.kinds


@pytest.mark.slow
def test_processes_that_together_hold_too_much_are_ended(apart):
    limits = dataclasses.replace(LIMITS, resident=600 << 20, cell_seconds=15)
    source = """
import os, time
for _ in range(8):
    if os.fork() == 0:
        held = b"x" * (100 << 20)
        time.sleep(10)
        os._exit(0)
time.sleep(10)
"""
    with Jail([world()], limits) as jail:
        ran = run_in(jail, source, ask=("x",))
        assert isinstance(ran.answers["x"], SessionLost)
        assert ran.answers["x"].reason == "memory"
        assert "memory" in ran.kinds
        assert goes_on(jail)


def test_two_hundred_megabytes_of_output_cost_nothing_and_are_named(jail):
    ran = run_in(
        jail,
        "for _ in range(200): print('x' * (1 << 20))",
        "import os\nfor _ in range(200): os.write(1, bytes(1 << 20))",
        "x = 1",
        ask=("x",),
    )
    assert ran.statuses == ["ran"] * 3
    assert ran.kinds == {"output"}


# ---- the worker itself -----------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["import sys; sys.exit(1)", "quit()", "exit", "raise KeyboardInterrupt"])
def test_leaving_politely_ends_the_cell_only(jail, source):
    ran = run_in(jail, source, "x = 1", ask=("x",))
    assert ran.statuses[1:] == ["ran"]
    assert ran.answers["x"] == 1


@pytest.mark.parametrize(
    "source",
    [
        "import os; os._exit(0)",
        pytest.param("import os; os.abort()", marks=pytest.mark.slow),
        pytest.param("import ctypes; ctypes.string_at(0)", marks=pytest.mark.slow),
        "import os; os.closerange(0, 256)",
        "import os\nfor fd in range(3, 256):\n    try: os.write(fd, b'\\xff' * 5000)\n    except OSError: pass",
        pytest.param(
            "import os\nfor fd in range(3, 256):\n    try: os.write(fd, bytes(5000))\n    except OSError: pass",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "import os, struct\nfor fd in range(3, 256):\n    try: os.write(fd, struct.pack('>I', 2**32 - 1))\n    except OSError: pass",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "import os, struct\nfor fd in range(3, 256):\n    try: os.write(fd, struct.pack('>I', 60_000) + b'[' * 60_000)\n    except OSError: pass",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_breaking_the_pipes_costs_it_the_lab_and_nobody_else(jail, source):
    ran = run_in(jail, "x = 1", source, "y = 1", ask=("x",))
    assert isinstance(ran.answers["x"], SessionLost)
    assert ran.statuses[0] == "ran"
    assert {"lost", "time"} & ran.kinds
    assert goes_on(jail)


def test_reading_what_is_meant_for_the_worker_is_cut_off(jail):
    ran = run_in(
        jail, "import os\nfor fd in range(3, 20):\n    try: os.read(fd, 1)\n    except OSError: pass", "x = 1"
    )
    assert ran.statuses == ["cut_off", "ran"]
    assert goes_on(jail)


def test_changed_builtins_and_a_changed_labkit_reach_nothing_outside(jail):
    ran = run_in(
        jail,
        "import builtins, labkit.exercises.compare as c, labkit.exercises.judge as j\n"
        "builtins.len = builtins.isinstance = builtins.print = lambda *a: True\n"
        "j.judge = c.number = c.function = lambda *a, **k: 'right'\nx = 1",
        "y = 2",
        ask=("y",),
    )
    assert isinstance(ran.answers["y"], (int, SessionLost, Exception))
    assert len([1, 2]) == 2
    assert goes_on(jail)


def test_a_flood_of_frames_ends_in_time(jail):
    source = """
import os, labkit.grading.values as v
frame = v.encode({"kind": "incident", "incident": "socket", "detail": "x" * 1000})
frame = len(frame).to_bytes(4, "big") + frame
while True:
    for fd in range(3, 20):
        try: os.write(fd, frame)
        except OSError: pass
"""
    began = time.monotonic()
    before = len(jail.incidents)
    run_in(jail, source)
    assert time.monotonic() - began < LIMITS.lab_seconds
    assert len(jail.incidents) - before < 200
    assert goes_on(jail)


def test_forged_outcomes_of_cells_that_are_not_there_are_refused(jail):
    source = """
import os, labkit.grading.values as v
frame = v.encode({"kind": "cell", "cell": "never", "status": "ran", "error": "", "seconds": 0.0})
for fd in range(3, 20):
    try: os.write(fd, len(frame).to_bytes(4, "big") + frame)
    except OSError: pass
"""
    ran = run_in(jail, source, ask=("x",))
    assert isinstance(ran.answers["x"], SessionLost)
    assert ran.answers["x"].reason == "nonsense"
    assert goes_on(jail)


def test_rights_that_a_submission_does_not_have(jail, apart):
    ran = run_in(
        jail,
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'))",
        "caps, privileges = int(status['CapEff'], 16), int(status['NoNewPrivs'])",
        "import os; ids = os.getuid(), os.geteuid(), os.getgroups()",
        "import os; os.setuid(0)",
        ask=("caps", "privileges", "ids"),
    )
    assert ran.answers["caps"] == 0
    assert ran.answers["privileges"] == 1
    assert 0 not in ran.answers["ids"][:2]
    assert ran.statuses[-1] == "raised"
