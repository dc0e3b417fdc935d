# make demo 和 make test 在只有 CPython 3.11–3.13、make 和 C 编译器的机器上可直接运行。
SHELL := /bin/sh
VENV ?= .venv
NATIONAL ?= build/national
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# cli/ is scoring.cli once installed; the type checker finds it there through links.
TYPED := build/typed/scoring

.DEFAULT_GOAL := help
.PHONY: postgres spark help setup demo test check format golden templates fixtures bench national docs soak clean

help:  ## 列出命令 list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## 准备环境 create .venv and install everything in it

$(READY): pyproject.toml constraints.txt scripts/setup.sh
	VENV="$(VENV)" PYTHON="$(PYTHON)" sh scripts/setup.sh
	@touch $@

demo: $(READY)  ## 给样例乡镇评分 score the fixtures and explain one village
	$(BIN)/chuangwei score fixtures/clean/june.xlsx --units fixtures/register.xlsx
	$(BIN)/chuangwei explain fixtures/clean/june.xlsx 东岭村 --units fixtures/register.xlsx

test: $(READY) check  ## 全部检查和测试 format, lint, types, layers, tests, doctests, docs
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(READY)  ## 只查格式、写法和类型 format, lint and types only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@rm -rf $(TYPED) && mkdir -p $(TYPED) && ln -s $(CURDIR)/scoring/* $(CURDIR)/cli $(CURDIR)/rules $(TYPED)
	MYPYPATH=build/typed $(BIN)/mypy

format: $(READY)  ## 整理代码格式 format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(READY)  ## 更新样张 renew the golden files, then look at the diff
	CHUANGWEI_RENEW=1 $(BIN)/python -m pytest tests/test_golden.py tests/test_shapes.py tests/test_document.py
	git diff --stat -- tests/golden docs/schema

templates: $(READY)  ## 重做内置的 Word 模板 write the shipped Word templates anew
	$(BIN)/python -m scripts.templates

fixtures: $(READY)  ## 重写样例数据 write the fixtures anew
	$(BIN)/python -m fixtures.generate

bench: $(READY)  ## 测速 measure speed against other engines, write benchmarks/README.md
	$(BIN)/pip install -q -c constraints.txt -r benchmarks/requirements.txt
	$(BIN)/python -m benchmarks.run

national: $(READY)  ## 全国测一遍 score and rank 50 million visits in the folder NATIONAL, renew benchmarks/README.md
	$(BIN)/python -m benchmarks.national $(NATIONAL)

docs: $(READY) $(VENV)/.docs  ## 重写生成的文档，做成网站 build/site write what is generated under docs/, build the site
	$(BIN)/python -m scripts.docs
	$(BIN)/python -m zensical build --clean --strict
	$(BIN)/python -m scripts.site build/site

# The site's builder is fetched once; after that the site is built without a network.
$(VENV)/.docs: docs/requirements.txt $(READY)
	$(BIN)/pip install -q -c constraints.txt -r docs/requirements.txt
	@touch $@

postgres:  ## 装 PostgreSQL，好让它的测试不跳过 install PostgreSQL, so that its tests are not skipped
	apt-get update -q && apt-get install -y -q postgresql

spark: $(READY)  ## 装 PySpark（要有 Java 17），好让它的测试不跳过 install PySpark, so that its tests are not skipped
	$(BIN)/pip install -q -c constraints.txt 'pyspark>=4.1,<5'

soak: $(READY)  ## 长时间对比测试 the same properties with many more examples
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest tests -x

clean:  ## 删去环境和缓存 remove .venv and caches
	rm -rf $(VENV) build *.egg-info .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
