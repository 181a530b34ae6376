# Every task of this project, by name. `make` alone lists them; ARGS is passed on: make conformance ARGS="--help".

ARGS ?=
FORMATTED := Package.swift $(wildcard Sources Tests Benchmarks Examples)
# The package manager hands the traits to the compiler in the order of a set, which differs from run to run: every other time everything would be built anew.
BUILD = SWIFT_DETERMINISTIC_HASHING=1 swift build
IOSPEC = "$$(swift build -c release --show-bin-path)/iospec"

.PHONY: help setup build release test conformance audit selftest sanitize bench format lint embedded docs clean
.DEFAULT_GOAL := help

help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what the build needs: liburing, libaio, pkg-config
	@Scripts/setup

build: setup ## Build everything, for debugging
	$(BUILD)

release: setup ## Build the command iospec, optimised
	$(BUILD) -c release --product iospec

test: setup ## Build and run the tests (ARGS: options of swift test)
	$(BUILD)
	$(BUILD) --build-tests
	swift test --skip-build $(ARGS)

conformance: release ## Run the conformance suite on every backend (ARGS: options of iospec conform)
	$(IOSPEC) conform $(ARGS)

audit: release ## Check that every clause has a case (ARGS: options of iospec audit)
	$(IOSPEC) audit $(ARGS)

selftest: release ## Check that the suite catches broken backends (ARGS: options of iospec selftest)
	$(IOSPEC) selftest $(ARGS)

sanitize: setup ## Run the suite under the thread and the address sanitizer (ARGS: options of iospec conform)
	Scripts/sanitize $(ARGS)

bench: setup ## Run the benchmarks (ARGS: their options)
	swift run -c release --package-path Benchmarks EngineCost $(ARGS)

format: ## Rewrite the Swift sources in the project's format
	swift format --in-place --recursive --parallel $(FORMATTED)

lint: ## Fail on Swift sources that are not in the project's format
	swift format lint --recursive --strict --parallel $(FORMATTED)

embedded: ## Compile the specification and the engine as Embedded Swift
	@Scripts/embedded

docs: release ## Write the specification to Documentation/specification.md
	mkdir -p Documentation
	$(IOSPEC) spec --format markdown > Documentation/specification.md.partial
	mv Documentation/specification.md.partial Documentation/specification.md

clean: ## Remove everything that was built
	rm -rf .build .build-* Benchmarks/.build
