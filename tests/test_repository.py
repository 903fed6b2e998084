"""What stands around the code says the same thing everywhere: settings, their explanation, compose, pins, papers."""

import os
import re
import shutil
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from portal.env import BASE_DIR, SECRETS, env
from tests.test_architecture import ROOT, name_of, tracked

TOP_LEVEL = {
    *(
        "manage.py",
        "pyproject.toml",
        "requirements.txt",
        "requirements-extras.txt",
        "requirements-dev.txt",
        "Makefile",
        "Dockerfile",
    ),
    *("docker-compose.yml", ".env.example", ".ci", ".dockerignore", ".gitignore"),
    *("portal", "municipalities", "events", "disaster_support", "templates", "static", "tests"),
    *("README.md", "LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs"),
}
# What compose leaves to the image: it is for a demo, for tests, for development, or fixed by the folders of the image.
NOT_IN_COMPOSE = {
    "DEBUG",
    "DEMO_SITE",
    "DEMO_PASSWORD",
    "DEMO_TOTP_SECRET",
    "DATA_DIR",
    "MIRROR_DIR",
    "TASKS",
}
REQUIREMENTS = ["requirements.txt", "requirements-extras.txt", "requirements-dev.txt"]
FOREIGN = re.compile(
    r"(?<!\w)/(?:home|root|work|Users)/\w|pypi\.org|pythonhosted\.org|registry\.npmjs|proxy\.golang"
    r"|-(?:index-url|find-links)\b|\bshared/(?:source|reference)"
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


EXAMPLE = read(".env.example")
COMPOSE_TEXT = read("docker-compose.yml")
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}
# ${POSTGRES_PASSWORD:-} and the like: read by compose itself.
READ_BY_COMPOSE = set(re.findall(r"\$\{(\w+)", COMPOSE_TEXT))


def assignments(text: str) -> dict[str, str]:
    """NAME=value lines, those that are commented out as well."""
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_the_example_holds_every_variable_and_no_other():
    in_files = {f"{name}_FILE" for name in SECRETS}
    assert set(assignments(EXAMPLE)) == set(env.scheme) | in_files | READ_BY_COMPOSE


@pytest.mark.parametrize("name", assignments(EXAMPLE))
def test_the_example_explains_every_variable_above_its_line(name):
    block = next(block for block in EXAMPLE.split("\n\n") if re.search(rf"^#?{name}=", block, re.MULTILINE))
    assert re.match(rf"# {name}: \S.*。", block)


@pytest.mark.parametrize(
    ("name", "value"), re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE), ids=lambda text: text or "empty"
)
def test_a_value_commented_out_in_the_example_is_the_default(name, value):
    if name.removesuffix("_FILE") in SECRETS and name not in env.scheme:
        assert value == ""
        return
    if name not in env.scheme:
        assert f"${{{name}:-{value}}}" in COMPOSE_TEXT
        return
    cast, default = env.scheme[name]
    assert env.parse_value(str(BASE_DIR / value) if name == "DATA_DIR" else value, cast) == default


def test_the_example_holds_no_secret():
    assert {name: assignments(EXAMPLE)[name] for name in ("SECRET_KEY", "BACKUP_KEY", "DEMO_PASSWORD")} == {
        "SECRET_KEY": "",
        "BACKUP_KEY": "",
        "DEMO_PASSWORD": "",
    }


def test_the_settings_read_every_variable_and_no_other():
    assert set(re.findall(r"""\benv\("(\w+)"\)""", read("portal/settings.py"))) == set(env.scheme)


@pytest.mark.parametrize("service", OURS)
def test_compose_hands_on_every_variable_of_production_and_no_other(service):
    handed_on = set(OURS[service]["environment"])
    in_files = {name.removesuffix("_FILE") for name in handed_on - set(env.scheme)}
    assert in_files == {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "BACKUP_KEY"}
    assert (handed_on & set(env.scheme)) | in_files == set(env.scheme) - NOT_IN_COMPOSE


@pytest.mark.parametrize("service", ["db", *OURS])
def test_compose_gives_every_service_the_secrets_that_it_reads_and_no_other(service):
    read = COMPOSE["services"][service]
    files = {value for name, value in read["environment"].items() if name.endswith("_FILE")}
    assert files == {f"/run/secrets/{name}" for name in read["secrets"]}
    assert {COMPOSE["secrets"][name]["file"] for name in read["secrets"]} == {
        f"${{SECRETS_DIR:-./secrets}}/{name}" for name in read["secrets"]
    }


def test_compose_runs_the_site_its_database_the_worker_and_the_schedule():
    assert set(COMPOSE["services"]) == {"db", "prepare", "proxy", "web", "worker", "schedule"}
    assert COMPOSE["services"]["schedule"]["command"] == ["python", "manage.py", "run_schedule"]
    assert COMPOSE["services"]["db"]["image"] == "postgres:17"
    assert COMPOSE["services"]["proxy"]["ports"] == ["127.0.0.1:${PORT:-8000}:8080"]
    assert not any("ports" in service for service in OURS.values())
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in OURS.values())


def test_images_are_pinned():
    taken = re.findall(r"^FROM (\S+)", read("Dockerfile"), re.MULTILINE)
    taken += [service["image"] for service in COMPOSE["services"].values() if "build" not in service]
    assert taken == ["python:3.11-slim", "python:3.11-slim", "postgres:17", "nginx:1.28"]


def test_the_image_can_dump_the_database_of_compose():
    version = COMPOSE["services"]["db"]["image"].partition(":")[2]
    assert f"postgresql-client-{version}" in read("Dockerfile").split()


def test_the_image_does_not_run_as_root_and_says_how_it_is():
    dockerfile = read("Dockerfile")
    assert re.search(r"^USER portal$", dockerfile, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*", dockerfile, re.MULTILINE)


def test_the_image_takes_every_folder_of_the_site():
    copied = set(re.findall(r"^COPY (\w+) \1$", read("Dockerfile"), re.MULTILINE))
    assert copied == {"portal", "municipalities", "events", "disaster_support", "templates", "static"}


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile"])
def test_gunicorn_opens_no_control_socket(name):
    assert "--no-control-socket" in read(name)


def test_compose_accepts_its_file(tmp_path):
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and subprocess.run([*command, "version"], capture_output=True).returncode == 0:
            break
    else:
        pytest.skip("docker compose がありません。")
    arguments = ["--file", ROOT / "docker-compose.yml", "--project-directory", tmp_path, "config", "--quiet"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def dependency_lines() -> list[tuple[str, str]]:
    """Each line of pyproject.toml that names a dependency, with the line above it."""
    lines = [line.strip() for line in read("pyproject.toml").splitlines()]
    project = tomllib.loads(read("pyproject.toml"))
    extras = project["project"]["optional-dependencies"]
    optional = {line for lines in extras.values() for line in lines}
    wanted = {*project["project"]["dependencies"], *optional, *project["dependency-groups"]["dev"]}
    assert set(extras) == {"pdf", "redis", "s3"}
    return [(line, above) for above, line in pairwise(lines) if line.strip('",') in wanted]


@pytest.mark.parametrize(("line", "above"), dependency_lines())
def test_every_dependency_has_its_reason(line, above):
    assert above.startswith("# "), f"{line} に理由の注釈がありません。"


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][\w.-]*)(?:\[[\w,]+\])?==(\S+)", read(name), re.MULTILINE))


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_pin_has_hashes_and_no_line_names_an_index(name):
    text = read(name)
    for entry in re.split(r"\n(?=\S)", text):
        assert re.match(
            r"[a-z0-9][\w.\[\],-]*==\S+ (; .+ )?\\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+    # via", entry
        )
    assert "://" not in text


def test_every_dependency_is_pinned():
    project = tomllib.loads(read("pyproject.toml"))

    def names(dependencies):
        return {re.match(r"[\w.-]+", dependency)[0].lower() for dependency in dependencies}

    assert names(project["project"]["dependencies"]) <= set(pins("requirements.txt"))
    for extra in project["project"]["optional-dependencies"].values():
        assert names(extra) <= set(pins("requirements-extras.txt"))
    assert names(project["dependency-groups"]["dev"]) <= set(pins("requirements-dev.txt"))


def test_tests_run_on_what_production_runs_on():
    assert pins("requirements.txt").items() <= pins("requirements-extras.txt").items()
    assert pins("requirements-extras.txt").items() <= pins("requirements-dev.txt").items()


def test_the_image_takes_every_extra():
    dockerfile = read("Dockerfile")
    assert "COPY requirements-extras.txt ." in dockerfile
    assert re.search(r"--require-hashes --no-deps -r requirements-extras\.txt", dockerfile)
    assert {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"} <= set(dockerfile.split())


def test_the_top_level_holds_what_belongs_there():
    assert {Path(name_of(path)).parts[0] for path in tracked(".")} == TOP_LEVEL


def test_no_file_names_a_machine_or_a_registry():
    found = []
    for path in tracked("."):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {match[0]}" for match in FOREIGN.finditer(text)]
    assert found == []


def test_the_readme_is_short():
    assert len(read("README.md").splitlines()) < 150


def test_the_papers_name_commands_that_exist():
    commands = set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.MULTILINE))
    papers = [read(name_of(path)) for path in tracked("*.md")]
    assert {name for text in papers for name in re.findall(r"`(?:\w+=\S+ )?make ([a-z]+)", text)} <= commands


@pytest.mark.parametrize("path", tracked("*.md"), ids=name_of)
def test_the_links_of_the_papers_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_decision_records_are_numbered_and_short():
    records = sorted(tracked("docs/adr/*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 30, path.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["背景", "決定", "結果"], path.name


def test_ci_can_be_started():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], capture_output=True).returncode == 0
