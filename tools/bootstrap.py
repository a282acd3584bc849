"""
From an empty machine to a running Unpinch: `python3 tools/bootstrap.py run|test|demo|build|bench|faults`.

Only the standard library, and in words that an old Python still parses: it has to live long enough to say that it is
too old. Every step leaves a stamp of what it was made from, so that a second start does nothing and needs no network.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
WEB = os.path.join(ROOT, "static")
OLDEST = (3, 11)
WEB_SOURCES = [
    "static/src",
    "static/public",
    "static/messages",
    "static/project.inlang/settings.json",
    "static/vite.config.ts",
    "static/chunks.ts",
    "static/package-lock.json",
    # The build ends with the stills of the hand-out, drawn from the catalogue.
    "static/package.json",
    "static/stills.ts",
    "exercises/catalogue",
    "tracker/redflags/rules.json",
]
APT_FOR_TESTS = [
    ("chromium", "chromium"),
    ("pg_virtualenv", "postgresql"),
    ("redis-server", "redis-server"),
    ("pdftotext", "poppler-utils"),
    ("systemd-analyze", "systemd"),
]
PROVING = {
    "test": ["tools/check.py"],
    "bench": ["benchmarks/all.py"],
    # The whole way of what `make test` goes a short one: hours, not minutes.
    "faults": ["-m", "pytest", "-p", "no:cacheprovider", "-m", "fault"],
}


def stop(line):
    """One clear line, and out."""
    sys.stderr.write("unpinch: " + line + "\n")
    sys.exit(1)


def use_a_new_enough_python():
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which("python3." + str(minor))
        if newer:
            os.execv(newer, [newer] + sys.argv)
    stop("Python 3.11 or newer is needed, this is %d.%d: install python3.11." % tuple(sys.version_info[:2]))


def run(command, quiet=False, **options):
    """Run one step in the project's own environment; its output is shown when it fails."""
    options.setdefault("cwd", ROOT)
    options.setdefault("env", environment())
    if quiet:
        options.update(stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    done = subprocess.run(command, check=False, **options)
    if done.returncode:
        if quiet:
            text = done.stdout.decode(errors="replace")
            # The operator's own settings: the one line says it all.
            faults = [
                line for line in text.splitlines() if "ImproperlyConfigured: " in line or "OperationalError: " in line
            ]
            if faults:
                stop(faults[-1].partition(": ")[2])
            sys.stderr.write(text)
        stop("this step failed: " + " ".join(command))


def environment():
    path = os.path.join(VENV, "bin") + os.pathsep + os.environ.get("PATH", os.defpath)
    return dict(os.environ, PATH=path, VIRTUAL_ENV=VENV)


def stamp_of(*paths):
    """A digest of the files' names and contents, folders walked."""
    digest = hashlib.sha256(str(sys.version_info[:2]).encode())
    for path in paths:
        whole = os.path.join(ROOT, path)
        files = [whole]
        if os.path.isdir(whole):
            files = [os.path.join(at, name) for at, _, names in os.walk(whole) for name in names]
        for name in sorted(files):
            # Paraglide writes its output among the sources.
            if os.sep + "paraglide" + os.sep in name:
                continue
            with open(name, "rb") as file:
                digest.update(os.path.relpath(name, ROOT).encode() + b"\0" + file.read())
    return digest.hexdigest()


def is_fresh(stamp_file, stamp):
    try:
        with open(stamp_file) as file:
            return file.read() == stamp
    except OSError:
        return False


def write_stamp(stamp_file, stamp):
    with open(stamp_file, "w") as file:
        file.write(stamp)


@contextmanager
def one_at_a_time():
    """Two instances may start side by side from one checkout; they build one after the other."""
    with open(os.path.join(ROOT, ".bootstrap.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def apt_install(packages):
    """True when Debian's packages could be installed by name."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    say("Installing from Debian: " + " ".join(packages))
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends"] + packages,
    ):
        done = subprocess.run(command, check=False, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return done.returncode == 0


def make_environment(test):
    """The virtual environment with the pinned requirements, those of the tests too when asked."""
    python = os.path.join(VENV, "bin", "python")
    # pip comes last: without it the making was interrupted, and is done again.
    if not os.path.exists(python) or not os.path.exists(os.path.join(VENV, "bin", "pip")):
        say("Making the virtual environment")
        command = [sys.executable, "-m", "venv", VENV]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            package = "python%d.%d-venv" % tuple(sys.version_info[:2])
            if not apt_install([package]) or subprocess.run(command, check=False).returncode:
                stop("Python's venv module is missing: install the Debian package " + package + ".")
    for name in ["requirements.txt"] + (["requirements-dev.txt"] if test else []):
        stamp, stamp_file = stamp_of(name, "constraints.txt"), os.path.join(VENV, name + ".stamp")
        if not is_fresh(stamp_file, stamp):
            say("Installing " + name)
            run(
                [
                    python,
                    "-m",
                    "pip",
                    "install",
                    "-q",
                    "--disable-pip-version-check",
                    "-r",
                    name,
                    "-c",
                    "constraints.txt",
                ],
                quiet=True,
            )
            write_stamp(stamp_file, stamp)


def install_packages(folder, what):
    """node_modules from the folder's lock file; node itself came with the requirements."""
    where = os.path.join(ROOT, folder)
    stamp, stamp_file = stamp_of(folder + "/package-lock.json"), os.path.join(where, "node_modules", ".stamp")
    if not is_fresh(stamp_file, stamp):
        say("Installing " + what)
        # Not `npm ci`: it refuses the lock file wherever a registry lacks an optional package of another platform
        # (Paraglide's, for arm64 and Windows). `npm install` takes the same locked versions without that.
        run(["npm", "install", "--no-save", "--no-fund", "--no-audit"], quiet=True, cwd=where)
        write_stamp(stamp_file, stamp)


def build_web():
    install_packages("static", "the web build's packages")
    stamp = stamp_of(*WEB_SOURCES)
    stamp_file = os.path.join(WEB, "build", ".stamp")
    if not is_fresh(stamp_file, stamp):
        say("Building the web app")
        run(["npm", "run", "build"], quiet=True, cwd=WEB)
        write_stamp(stamp_file, stamp)


def prepare_rows(data_dir):
    python = os.path.join(VENV, "bin", "python")
    env = dict(environment(), DATA_DIR=data_dir)
    run([python, "manage.py", "prepare"], quiet=True, env=env)


def writable_data_dir():
    path = os.path.abspath(os.environ.get("DATA_DIR") or os.path.join(ROOT, "data"))
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        # A folder that was there before may be open to others; what goes into it must not be.
        os.chmod(path, 0o700)
        probe = os.path.join(path, ".probe-%d" % os.getpid())
        with open(probe, "w"):
            pass
        os.remove(probe)
    except OSError as error:
        stop("cannot write to DATA_DIR %s: %s." % (path, error.strerror))
    return path


def free_port():
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        stop("PORT must be a number from 1 to 65535, not %s." % given)
    host = os.environ.get("HOST") or "127.0.0.1"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(given)))
        except OSError as error:
            stop("cannot listen on port %s of %s: %s. Set PORT to another one." % (given, host, error.strerror))
    return given, host


def install_test_programs():
    missing = [package for program, package in APT_FOR_TESTS if not shutil.which(program)]
    if missing and not apt_install(missing):
        stop("the tests need these Debian packages: " + " ".join(missing) + ". Install them and try again.")


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(target):
    use_a_new_enough_python()
    if not os.access(ROOT, os.W_OK):
        stop("no write access to the project's folder: the virtual environment and the web build live there.")
    # Everything in DATA_DIR is about somebody's health: the operator's alone.
    os.umask(0o077)
    python = os.path.join(VENV, "bin", "python")
    if target == "run":
        (port, host), data_dir = free_port(), writable_data_dir()
    with one_at_a_time():
        make_environment(test=target in PROVING)
        if target in PROVING:
            install_test_programs()
        build_web()
        if target == "test":
            install_packages("tests/web", "what others read our health links and FHIR bundles with")
        if target in ("run", "demo"):
            data_dir = writable_data_dir()
            prepare_rows(data_dir)
    os.chdir(ROOT)
    if target == "run":
        settings = dict(environment(), PORT=port, HOST=host, DATA_DIR=data_dir)
        os.execve(python, [python, "tools/supervise.py"], settings)
    if target == "demo":
        os.execve(python, [python, "manage.py", "makedemo"], dict(environment(), DATA_DIR=data_dir))
    if target in PROVING:
        os.execve(python, [python] + PROVING[target], dict(environment(), FAULTS="full" if target == "faults" else ""))


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ["run", "demo", "build"] + list(PROVING):
        stop("usage: bootstrap.py run|test|demo|build|bench|faults")
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
