# The portal's commands; `make help` lists them.

APPS := portal municipalities events disaster_support
VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
PORT := $(or $(PORT),8000)
WORKERS ?= auto
REQUIREMENTS = requirements.txt
dev test coverage test-faults accessibility lighthouse markup screenshots bench check format requirements: REQUIREMENTS = requirements-dev.txt

ifndef PYTHON
PYTHON := $(shell for candidate in python3.11 python3 python; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done)
endif

# What `.env` and the environment say together, read as the portal reads it.
setting = "$$($(PY) -c 'from portal.env import env; print(env("$(1)"))')"
# The heading of a step, numbered where a command has several.
step = printf '%s\n' '$(if $(STEPS),[$(1)/$(STEPS)] )$(2)'
# True where one of the files is newer than the stamp, or the stamp is missing.
changed = { [ ! -f $(1) ] || [ -n "$$(find $(2) -newer $(1) -print -quit)" ]; }
# True where the stamp was made today, in Japan.
of_today = [ "$$(TZ=JST-9 date -r $(1) +%F 2>/dev/null)" = "$$(TZ=JST-9 date +%F)" ]

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.ONESHELL:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run dev test coverage test-faults accessibility lighthouse markup screenshots bench check format requirements clean
.PHONY: python port venv packages settings database data static serve

help: ## この一覧を表示します
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

run: STEPS = 7
run: port venv packages settings database data static serve ## サイトを準備して http://127.0.0.1:8000/ で公開します（PORT=番号 で変更）

dev: STEPS = 6
dev: port venv packages settings database data ## 開発用サーバー（自動再読み込み、デバッグツールバー）
	@$(call step,6,開発用サーバーを起動します)
	DEBUG=true HTTPS=false exec $(MANAGE) runserver 127.0.0.1:$(PORT)

# What takes long and what needs a browser is tried once: on PostgreSQL, where it answers.
# Databases and a browser that are not there are left out, unless REQUIRE_POSTGRES=1 and REQUIRE_BROWSER=1 say they must be.
test: venv packages ## すべてのテスト（SQLite と、TEST_POSTGRES_URL で応答する PostgreSQL）
	@export CHROMIUM="$${CHROMIUM:-$$(command -v chromium || command -v chromium-browser || true)}"
	export TEST_POSTGRES_URL="$${TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/portal}"
	postgres=$$($(PY) -c '
	import os, psycopg
	server = psycopg.connect(os.environ["TEST_POSTGRES_URL"], dbname="postgres", connect_timeout=3)
	print("PostgreSQL", server.execute("SHOW server_version").fetchone()[0])
	' 2>/dev/null || true)
	browser=$$($(PY) -m playwright --version >/dev/null 2>&1 && "$$CHROMIUM" --version 2>/dev/null || true)
	if [ -z "$$postgres" ]; then
		echo 'PostgreSQL が応答しません。postgres://… の形のアドレスを TEST_POSTGRES_URL で指定してください。' >&2
		[ "$${REQUIRE_POSTGRES:-0}" != 1 ] || exit 1
	fi
	if [ -z "$$browser" ]; then
		echo 'Chromium を動かせません。Debian では次で入ります：sudo apt-get install chromium libatomic1（場所は CHROMIUM=… で指定できます）' >&2
		[ "$${REQUIRE_BROWSER:-0}" != 1 ] || exit 1
	fi
	echo 'テスト：SQLite'
	pytest="$(PY) -m pytest -n $(WORKERS) --dist loadgroup"
	if [ -n "$$postgres" ]; then
		TEST_DATABASE_URL= $$pytest -m 'not slow and not browser and not faults'
		echo "テスト：$$postgres"
		TEST_DATABASE_URL="$$TEST_POSTGRES_URL" $$pytest -m 'not faults'
	else
		TEST_DATABASE_URL= $$pytest -m 'not faults'
	fi
	echo "テストしたデータベース：SQLite、$${postgres:-（PostgreSQL は応答がないため、していません）}"
	echo "ブラウザのテスト：$${browser:-（Chromium を動かせないため、していません）}"

# By the quick tests on SQLite. Apart, because measuring doubles the time of a test.
coverage: venv packages ## 速いテストがどれだけのコードを通るかを測ります（95%に届かなければ失敗します）
	@TEST_DATABASE_URL= $(PY) -m pytest -n $(WORKERS) --dist loadgroup -m 'not slow and not browser and not faults' --cov

# One after the other: each needs the machine for itself.
test-faults: venv packages ## 停止や凍結、満杯を、自分で動かしたサーバーで試します（PostgreSQL、nginx、Redis が要ります。LONG=1 で長く）
	@TEST_DATABASE_URL= LONG=$(LONG) $(PY) -m pytest -m faults tests/faults

accessibility: venv packages ## すべての種類のページを axe-core で検査し、結果を公開ページの元データに書きます
	@WRITE_ACCESSIBILITY_RESULTS=1 $(PY) -m pytest tests/browser/test_accessibility.py

lighthouse: venv packages ## Lighthouse（携帯端末）で主なページを測ります（Node と Chromium が要ります）
	@$(PY) -m tests.browser.lighthouse

markup: venv packages ## すべての種類のページを Nu HTML Checker で確かめます（Node と Java が要ります）
	@$(PY) -m tests.browser.markup

screenshots: venv packages ## すべての種類のページを screenshots/ に撮ります（幅広・幅狭、明・暗）
	@$(PY) -m tests.browser.screenshots

bench: venv packages ## 多くの記録で、ページ・数・取込みの速さとクエリの数を測ります（TEST_POSTGRES_URL があれば PostgreSQL でも）
	@$(PY) -m tests.benchmarks
	$(PY) -m tests.benchmarks.statistics
	$(PY) -m tests.benchmarks.back_office
	$(PY) -m tests.benchmarks.import_events
	$(PY) -m tests.benchmarks.serving

check: venv packages ## 書式・文法・型・テンプレート・移行・公開前の設定を確かめます
	@$(call step,,書式（ruff format）) && $(VENV)/bin/ruff format --check .
	$(call step,,文法（ruff check）) && $(VENV)/bin/ruff check .
	$(call step,,テンプレート（djade）) && find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 --check {} +
	export SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')"
	export DEBUG=false HTTPS=true DEMO_SITE=false SITE_URL=https://portal.example ALLOWED_HOSTS=portal.example
	export DATABASE_URL=sqlite://:memory: TRUSTED_PROXY_COUNT=1 TASKS=database
	$(call step,,型（mypy）) && $(VENV)/bin/mypy
	$(call step,,データベースの移行（makemigrations --check）) && $(MANAGE) makemigrations --check --dry-run
	$(call step,,公開前の設定（check --deploy）) && $(MANAGE) check --deploy --fail-level WARNING

format: venv packages ## Python とテンプレートの書式を整えます
	@$(VENV)/bin/ruff check --fix --exit-zero .
	$(VENV)/bin/ruff format .
	find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 {} +

requirements: venv packages ## pyproject.toml から requirements*.txt を作り直します（UPGRADE=1 で新しい版に）
	@compile="$(VENV)/bin/uv pip compile pyproject.toml --quiet --no-header --generate-hashes --universal --python-version 3.11 $(if $(UPGRADE),--upgrade)"
	$$compile --output-file requirements.txt
	$$compile --all-extras --constraint requirements.txt --output-file requirements-extras.txt
	$$compile --all-extras --group dev --constraint requirements-extras.txt --output-file requirements-dev.txt

clean: ## 検査とテストが残したファイルを消します（データと設定は残ります）
	@rm -rf .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(APPS) tests -name __pycache__ -type d -exec rm -rf {} +

python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
		echo 'Python 3.11 以上が見つかりません。場所は PYTHON=… で指定できます。' >&2
		exit 1
	}

port: python
	@$(PYTHON) -c '
	import socket, sys
	listener = socket.socket()
	listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
	listener.bind(("127.0.0.1", int(sys.argv[1])))
	' '$(PORT)' 2>/dev/null || {
		echo 'ポート $(PORT) は使えません。ほかのプログラムが使っているか、番号が正しくありません。' >&2
		echo '別の番号で実行してください。例：PORT=8001 make run' >&2
		exit 1
	}

# A package that was being installed when somebody stopped it may be there by half: then all are installed anew.
venv: python
	@$(call step,1,Python の仮想環境（$(VENV)）を用意します)
	if [ ! -e $(VENV)/.installing ] && $(PY) -c '' 2>/dev/null; then
		if [ -e $(VENV)/.requirements.txt ] || $(PY) -m pip --version >/dev/null 2>&1; then exit 0; fi
	fi
	$(PYTHON) -m venv --clear $(VENV) || {
		echo '仮想環境を作れませんでした。Debian では次で venv が入ります：sudo apt-get install python3-venv' >&2
		exit 1
	}

# The file names every package, so pip need not look for more: with extras it may choose a newer one and refuse its hash.
packages:
	@$(call step,2,パッケージ（$(REQUIREMENTS)）を入れます。初回は数分かかることがあります)
	if ! cmp -s $(REQUIREMENTS) $(VENV)/.$(REQUIREMENTS); then
		touch $(VENV)/.installing
		$(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps -r $(REQUIREMENTS)
		broken=$$($(PY) -m pip check --disable-pip-version-check) || { echo "$$broken" >&2; exit 1; }
		cp $(REQUIREMENTS) $(VENV)/.$(REQUIREMENTS)
		rm $(VENV)/.installing
	fi

settings:
	@$(call step,3,設定（.env）を用意します)
	if [ -e .env ]; then exit 0; fi
	umask 077
	cat > .env.part <<EOF
	# make run が作った、この端末だけで動かすための設定です。git には入りません。
	# すべての変数の説明は .env.example にあります。環境変数があれば、そちらが優先します。

	# 署名に使う秘密の鍵です。ほかの人に見せないでください。
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')
	# この端末からだけ開けます。
	ALLOWED_HOSTS=127.0.0.1,localhost,[::1]
	# この端末の中では暗号化しない http を使います。
	HTTPS=false
	# 架空のデモデータを読み込み、画面の上にその旨を表示します。
	DEMO_SITE=true
	# メールはその場で処理し、内容を画面（標準出力）に書きます。
	TASKS=immediate
	EMAIL_URL=consolemail://
	# 動作の記録は、人が読む行で書きます。
	LOG_FORMAT=line
	EOF
	mv .env.part .env

# The database itself says whether it is as the code wants it; what it took to get there is loaded anew.
database:
	@$(call step,4,データベースを最新の形にします)
	data=$(call setting,DATA_DIR)
	mkdir -p "$$data"
	if ! $(MANAGE) migrate --check >/dev/null 2>&1; then
		rm -f "$$data/.loaded"
		$(MANAGE) migrate --no-input --verbosity 0
	fi

# The stamp carries the moment loading began, so that a file saved meanwhile is loaded the next time.
# Demo data stands around today: it is moved on a new day, and written again when other secrets are given.
data:
	@$(call step,5,データを読み込みます)
	data=$(call setting,DATA_DIR)
	demo=$(call setting,DEMO_SITE)
	touch "$$data/.loading"
	if $(call changed,"$$data/.loaded",.env $(APPS) -name '*.pyc' -prune -o -type f); then
		$(MANAGE) load_reference
		$(MANAGE) load_official
		$(MANAGE) make_image_sizes
		$(MANAGE) rebuild_search
		rm -f "$$data/.loaded"
	fi
	accounts="$$data/demo-accounts.txt"
	is_known() { grep -qsF "$${1:+$$(printf '\t%s\t' "$$1")}" "$$accounts"; }
	if [ "$$demo" != True ]; then
		echo 'DEMO_SITE=false のため、デモデータは読み込みません。'
	elif $(call of_today,"$$data/.loaded") && is_known "$${DEMO_PASSWORD:-}" && is_known "$${DEMO_TOTP_SECRET:-}"; then
		echo 'デモ用アカウント'
		cat "$$accounts"
	else
		$(MANAGE) seed_demo
	fi
	mv "$$data/.loading" "$$data/.loaded"

static:
	@$(call step,6,静的ファイルを集めて圧縮します)
	manifest=$(call setting,DATA_DIR)/static/staticfiles.json
	if $(call changed,"$$manifest",static portal/settings.py portal/core/stylesheets.py $(VENV)/.requirements.txt); then
		$(MANAGE) collectstatic --no-input --clear --verbosity 0
	fi

# The shell stays, and ends both where it is told to end or the site ends by itself.
serve:
	@$(call step,7,サイトを公開します)
	printf '\n%s\n\n' 'アドレス： http://127.0.0.1:$(PORT)/ （止めるには Ctrl+C）'
	site= schedule= asked= status=0
	stop() { kill $$site $$schedule 2>/dev/null || true; }
	trap 'asked=yes; stop' INT TERM HUP
	$(MANAGE) run_schedule & schedule=$$!
	$(PY) -m gunicorn portal.wsgi --no-control-socket --bind 127.0.0.1:$(PORT) --worker-class gthread --threads 8 & site=$$!
	wait $$site || status=$$?
	stop
	wait
	[ -n "$$asked" ] || exit $$status
