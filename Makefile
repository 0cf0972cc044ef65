SHELL := /bin/bash
CONFIGURATION := Release
PROGRAM := artifacts/bin/Netronome/release/netronome.dll
# Where `make run` works and so where its database lies, unless the configuration names another place.
STATE := $(or $(XDG_STATE_HOME),$(HOME)/.local/state)/netronome
PUBLISH := dotnet publish src/Netronome -c Release --self-contained --nologo -v q \
	-p:PublishTrimmed=true -p:PublishSingleFile=true -p:PublishReadyToRun=true

.DEFAULT_GOAL := help
.PHONY: help run test bench lint format publish publish-arm64

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build what changed and serve on http://127.0.0.1:7575; needs only the .NET SDK and Node
	@dotnet build src/Netronome -c $(CONFIGURATION) -v q --nologo -clp:NoSummary
	@mkdir -p "$(STATE)"
	@echo "Netronome on http://127.0.0.1:7575, database $(STATE)/netronome.db, unless configured otherwise. Ctrl-C ends it."
	@program="$$PWD/$(PROGRAM)"; cd "$(STATE)" && exec dotnet "$$program" serve

test: ## install missing test tools where allowed, then run every test: .NET, page, browser
	@tests/run.sh

bench: ## run ours beside its peers on this machine and print the ratios
	@bench/run.sh

lint: web/node_modules/.package-lock.json ## judge formatting and style of C# and page, change nothing
	@dotnet format --verify-no-changes --no-restore --verbosity quiet || { echo "make format mends what it can."; exit 1; }
	@cd web && npm run --silent lint && npm run --silent typecheck

format: web/node_modules/.package-lock.json ## format C# and page
	@dotnet format --no-restore --verbosity quiet
	@cd web && npm run --silent format

publish: ## make one self-contained file, artifacts/publish/linux-x64/netronome, and run it once
	@$(PUBLISH) -r linux-x64 -o artifacts/publish/linux-x64
	@artifacts/publish/linux-x64/netronome version
	@ls -l artifacts/publish/linux-x64/netronome | awk '{ printf "artifacts/publish/linux-x64/netronome: %.1f MB\n", $$5 / 1e6 }'
	@$(MAKE) --no-print-directory publish-arm64

# The versions are those of the lock. `npm ci` insists on an entry for every optional package of every other platform, and a
# registry that lacks them leaves none.
web/node_modules/.package-lock.json: web/package-lock.json
	@cd web && npm install --no-save --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json

publish-arm64:
	@if $(PUBLISH) -r linux-arm64 -o artifacts/publish/linux-arm64 > artifacts/publish/linux-arm64.log 2>&1; then \
		echo "artifacts/publish/linux-arm64/netronome: made, not run here"; \
	elif grep -q 'NU110[0-9]\|NU1603\|NETSDK1094\|NETSDK1082' artifacts/publish/linux-arm64.log; then \
		echo "linux-arm64: not made, its runtime pack is not to be had here (artifacts/publish/linux-arm64.log); run the framework-dependent build there"; \
	else \
		cat artifacts/publish/linux-arm64.log; exit 1; \
	fi
