"""Sets Arbitrage up and starts it, on any system with Python 3.11 or newer and nothing else.

Standard library only. Its syntax stays readable to Python 3.6, so that an older Python
meets a sentence and not a traceback. It speaks French, or English where the system does.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

OLDEST = (3, 11)


def refusal(version: Sequence) -> str:
    """Why this Python will not do, in both languages; empty when it will."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    found, oldest = (".".join(str(n) for n in v[:2]) for v in (version, OLDEST))
    return (
        f"Arbitrage demande Python {oldest} ou plus récent ; celui-ci est Python {found}.\n"
        f"Arbitrage needs Python {oldest} or newer; this is Python {found}.\n"
        "https://www.python.org/downloads/"
    )


if refusal(sys.version_info):  # here, because what follows would not even be defined
    sys.exit(refusal(sys.version_info))

ROOT = Path(__file__).resolve().parent
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
USAGE = "python3 start.py [--port N] [--no-browser]  |  test [pytest …]  |  setup"
PORT, PORTS_TRIED = 8501, 50
SECONDS_TO_ANSWER = 120
SECONDS_TO_END = 10
MOST_WORKERS = 4
WINDOWS = os.name == "nt"
Process = subprocess.Popen
PIP = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_PROGRESS_BAR": "off"}
READ = {"stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8", "errors": "replace"}

LANGUAGES = ("fr", "en")
WORDS = {  # in the order of LANGUAGES
    "environment": ("Environnement Python {folder}", "Python environment {folder}"),
    "libraries": ("{count} bibliothèques", "{count} libraries"),
    "copying": ("copie des fichiers", "copying files"),
    "init": ("Base de données", "Database"),
    "demo": ("Portefeuille de démonstration", "Demo portfolio"),
    "compile": ("Calculs rapides", "Fast computations"),
    "failed": (
        "« cli.py {verb} » a échoué ; la raison est ci-dessus.",
        "“cli.py {verb}” failed; the reason is above.",
    ),
    "taken": ("Le port {port} est pris.", "Port {port} is taken."),
    "no-port": (
        "Aucun port libre dès {port} : essayez --port N.",
        "No free port from {port} on: try --port N.",
    ),
    "server": ("Serveur, port {port}", "Server, port {port}"),
    "silent": ("Le serveur ne répond pas.", "The server does not answer."),
    "ended": ("Le serveur s'est arrêté (code {code}).", "The server ended (code {code})."),
    "ready": ("Arbitrage : {address} (Ctrl-C arrête)", "Arbitrage: {address} (Ctrl-C stops)"),
    "stopped": ("Arrêté.", "Stopped."),
    "machine": ("Ce que cette machine peut éprouver", "What this machine can test"),
    "absent": ("absent, ses tests sont sautés", "absent, its tests are skipped"),
    "not-ours": ("ARBITRAGE_VENV : dossier déjà occupé.", "ARBITRAGE_VENV: folder in use already."),
    "no-venv": (
        "Ce Python ne sait pas créer d'environnement. Debian et Ubuntu : apt install python3-venv",
        "This Python cannot create environments. Debian and Ubuntu: apt install python3-venv",
    ),
    "no-writing": (
        "Impossible d'écrire dans {folder}. Copiez le projet dans un dossier à vous, ou donnez-en "
        "un autre par la variable ARBITRAGE_VENV.",
        "Cannot write in {folder}. Copy the project to a folder of yours, or name another one in "
        "the variable ARBITRAGE_VENV.",
    ),
    "no-space": (
        "Le disque est plein : il faut environ 1 Go dans {folder}.",
        "The disk is full: about 1 GB is needed in {folder}.",
    ),
    "no-network": (
        "Le dépôt de paquets Python est injoignable. Vérifiez le réseau et les réglages de pip "
        "(HTTPS_PROXY, PIP_CERT, PIP_INDEX_URL), puis relancez.",
        "The Python package index cannot be reached. Check the network and pip's settings "
        "(HTTPS_PROXY, PIP_CERT, PIP_INDEX_URL), then run again.",
    ),
    "no-library": (
        "Une bibliothèque manque pour ce système ou ce Python. Essayez 3.11 à 3.13, 64 bits.",
        "A library is lacking for this system or this Python. Try 3.11 to 3.13, 64-bit.",
    ),
    "unknown": ("La commande a échoué.", "The command failed."),
}
CAUSES = {  # signs in what a command printed; the first cause that fits is the one said
    "no-venv": ("ensurepip is not", "No module named ensurepip", "No module named venv"),
    "no-writing": ("Read-only file system", "Permission denied", "PermissionError", "WinError 5]"),
    "no-space": ("No space left", "Errno 28]", "WinError 112]"),
    "no-network": (
        "Retrying (Retry",
        "failure in name",
        "ConnectionError",
        "timed out",
        "SSLError",
    ),
    "no-library": ("No matching distribution", "Failed to build", "failed-wheel-build"),
}


class Trouble(Exception):
    """What stops us, as a sentence for the person at the keyboard."""


def main(arguments: list[str], environ: dict[str, str]) -> int:
    """Do what was asked; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)  # an old console may lack é
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    home = Home(environ)
    try:
        if arguments[:1] == ["test"]:
            return test(home, arguments[1:])
        if arguments == ["setup"]:
            home.prepare(Steps(2), DEVELOPMENT)  # for the Makefile's verbs
            return 0
        return demo(home, **options(arguments))
    except (Trouble, OSError) as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n" + say("stopped"))
        return 130


def options(arguments: list[str]) -> dict[str, int | bool]:
    """Port and browser as asked, or a usage line and exit code 2."""
    left, asked = list(arguments), {"port": PORT, "browser": True}
    while left:
        word = left.pop(0)
        if word == "--no-browser":
            asked["browser"] = False
        elif word == "--port" and left and left[0].isdecimal() and 0 < int(left[0]) < 65536:
            asked["port"] = int(left.pop(0))
        else:
            asking = word in ("-h", "--help")
            print(f"usage: {USAGE}", file=sys.stdout if asking else sys.stderr)
            sys.exit(0 if asking else 2)
    return asked


def demo(home: "Home", port: int, browser: bool) -> int:
    """Set up, load the demo portfolio and serve it until Ctrl-C."""
    home.environ.setdefault("ARBITRAGE_LANG", language())
    steps = Steps(6)
    home.prepare(steps, RUNTIME)
    for verb in ("init", "demo", "compile"):
        with steps.step(say(verb)):
            if home.run("cli.py", verb):
                raise Trouble(say("failed", verb=verb))
    free = free_port(port)
    if free != port:
        print("      " + say("taken", port=port))
    with home.started("cli.py", "serve", "--port", str(free)) as server:
        with steps.step(say("server", port=free)):
            wait_for(server, free)
        print("\n" + say("ready", address=(address := f"http://localhost:{free}")))
        if browser and has_display(home.environ):
            webbrowser.open(address)
    return server.returncode


def test(home: "Home", arguments: list[str]) -> int:
    """Set up for development and pass the tests; pytest's exit code."""
    steps = Steps(4)
    home.prepare(steps, DEVELOPMENT)
    with steps.step(say("machine")):
        for program, place in (("Chromium", chromium()), ("PostgreSQL", postgres())):
            print(f"      {program} : {place or say('absent')}")
    if not any(word.startswith(("-n", "--numprocesses")) for word in arguments):
        arguments = [f"-n{min(MOST_WORKERS, os.cpu_count() or 1)}", "--dist=worksteal", *arguments]
    with steps.step("pytest " + " ".join(arguments)):
        return home.run("-m", "pytest", *arguments)


class Home:
    """The virtual environment: where it is, how it is made, filled and used."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ | {"PYTHONUTF8": "1"} | PIP
        elsewhere = environ.get("ARBITRAGE_VENV")
        self.is_ours = not elsewhere
        self.folder = Path(elsewhere).expanduser().resolve() if elsewhere else ROOT / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
        self.stamp = self.folder / "arbitrage-pins.txt"

    def prepare(self, steps: "Steps", requirements: str) -> None:
        """Two steps: the environment, then its libraries; what is there already is kept."""
        with steps.step(say("environment", folder=self.folder)):
            if not self.has(requirements) and not self.works():
                self.make()
        count = len(pins(requirements))
        with steps.step(say("libraries", count=count)):
            if not self.has(requirements):
                self.install(requirements, count)

    def make(self) -> None:
        """Create the environment; a folder that we did not make is never emptied."""
        if not self.is_ours and self.folder.exists() and any(self.folder.iterdir()):
            raise Trouble(say("not-ours"))
        made = self.output_of(sys.executable, "-m", "venv", "--clear", str(self.folder))
        if made.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)  # half made
            raise Trouble(diagnosis(made.stdout, self.folder))

    def works(self) -> bool:
        """Whether its Python starts, is new enough and has pip."""
        if not self.python.exists():
            return False
        probe = f"import sys, pip; sys.exit(sys.version_info[:2] < {OLDEST})"
        return self.output_of(str(self.python), "-c", probe).returncode == 0

    def install(self, requirements: str, count: int) -> None:
        """Install the pinned libraries, showing pip's progress."""
        self.stamp.unlink(missing_ok=True)  # an interrupted change must not pass for a finished one
        with self.started(
            "-m", "pip", "install", "-r", requirements, stdout=subprocess.PIPE
        ) as pip:
            lines = shown(pip.stdout, count)
        if pip.returncode:
            raise Trouble(diagnosis("".join(lines), self.folder))
        self.stamp.write_text("\n".join(pins(requirements)), encoding="utf-8")

    def has(self, requirements: str) -> bool:
        """Whether this environment's Python has installed all these pins."""
        if not (self.python.exists() and self.stamp.is_file()):
            return False
        installed = self.stamp.read_text(encoding="utf-8").splitlines()
        return set(pins(requirements)) <= set(installed)

    @contextmanager
    def started(self, *words: str, stdout: int | None = None) -> Iterator[Process]:
        """Run this environment's Python in the project's folder; it has ended on leaving."""
        command, read = [str(self.python), *words], READ if stdout else {}
        child = Process(command, cwd=ROOT, env=self.environ, stdout=stdout, **read)
        try:
            yield child
            child.wait()
        except KeyboardInterrupt:  # the terminal told the child too: let it end by itself
            with suppress(subprocess.TimeoutExpired):
                child.wait(SECONDS_TO_END)
            raise
        finally:
            stop(child)
            if child.stdout:
                child.stdout.close()

    def run(self, *words: str) -> int:
        """Run this environment's Python to its end; its exit code."""
        with self.started(*words) as child:
            return child.wait()

    def output_of(self, *command: str) -> subprocess.CompletedProcess:
        try:
            return subprocess.run(command, env=self.environ, stdout=subprocess.PIPE, **READ)
        except OSError as error:
            return subprocess.CompletedProcess(command, 1, stdout=str(error))


class Steps:
    """Says which step of how many is under way, and how long each took."""

    def __init__(self, total: int) -> None:
        self.total, self.begun = total, 0

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        self.begun += 1
        print(f"[{self.begun}/{self.total}] {what}")
        start = time.monotonic()
        yield
        seconds = f"{time.monotonic() - start:.1f} s"
        print("      " + (seconds if language() == "en" else seconds.replace(".", ",")))


def pins(requirements: str) -> list[str]:
    """The pinned lines of a requirements file and of those it includes, comments left out."""
    found = []
    for raw in (ROOT / requirements).read_text(encoding="utf-8").splitlines():
        line = raw.split("#")[0].strip()
        if line.startswith("-r "):
            found += pins(line[3:].strip())
        elif line:
            found.append(line)
    return found


def shown(lines: Iterable[str], total: int) -> list[str]:
    """Every line that pip prints, while its progress is shown."""
    kept, seen = [], 0
    for line in lines:
        kept.append(line)
        started = re.match(r"(?:Collecting|Processing|Requirement.*?:) (?:\S*/)?([\w.]+)", line)
        seen += bool(started)
        if started and sys.stdout.isatty():
            print(f"\r      {seen}/{total} {started[1]:<40.40}", end="\r", flush=True)
        elif started and seen % 20 == 0:
            print(f"      {seen}/{total} {started[1]}")
        elif line.startswith("Installing collected"):
            print(f"      {say('copying'):<50}")
    return kept


def diagnosis(output: str, folder: Path) -> str:
    """What a failed venv or pip means and what to do, then its own last words."""
    fits = (cause for cause, signs in CAUSES.items() if any(sign in output for sign in signs))
    last_words = [f"  | {line}" for line in output.splitlines()[-12:]]
    return "\n".join([say(next(fits, "unknown"), folder=folder), "", *last_words])


def free_port(first: int) -> int:
    """The first port from ``first`` on that nothing listens on."""
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        if not answers(port) and can_bind(port):
            return port
    raise Trouble(say("no-port", port=first))


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def can_bind(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        if not WINDOWS:  # a port still closing is free; on Windows this would share a busy one
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return True
    return False


def wait_for(server: Process, port: int) -> None:
    """Return once the server answers; say so when it ends or stays silent instead."""
    until = time.monotonic() + SECONDS_TO_ANSWER
    while not answers(port):
        if server.poll() is not None:
            raise Trouble(say("ended", code=server.returncode))
        if time.monotonic() > until:
            raise Trouble(say("silent"))
        time.sleep(0.1)


def stop(child: Process) -> None:
    """End a child that has not ended by itself."""
    for end in (child.terminate, child.kill):
        if child.poll() is None:
            end()
            with suppress(subprocess.TimeoutExpired):
                child.wait(SECONDS_TO_END)


def has_display(environ: dict[str, str]) -> bool:
    """Whether a browser window could open here."""
    windows = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return WINDOWS or sys.platform == "darwin" or bool(windows)


def chromium() -> str | None:
    """The first browser of its kind on the path: browser tests drive it."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def postgres() -> str | None:
    """PostgreSQL's initdb; Debian keeps it off the path."""
    debian = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    return shutil.which("initdb") or next(reversed(debian), None)


def say(key: str, **facts: object) -> str:
    """The words of ``key`` in the language spoken here, its facts filled in."""
    return WORDS[key][LANGUAGES.index(language())].format(**facts)


def language() -> str:
    """ARBITRAGE_LANG, else English where the system speaks it, else French."""
    names = ("ARBITRAGE_LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG")
    spoken = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "en" if spoken.lower().startswith("en") else "fr"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], dict(os.environ)))
