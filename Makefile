# What one can do here. Each target is a script in tools/, which says more.
.DEFAULT_GOAL := help
.PHONY: help build test run demo bench test-crash test-openstack fuzz oracle corpus tidy format clean

help:
	@echo 'make demo            build, launch an example application in a simulated cloud, delete it'
	@echo 'make run             the same cloud and engine, left running'
	@echo 'make build           the release, in build/release'
	@echo 'make test            install what is missing, build, run every fast test with sanitizers'
	@echo 'make test-crash      the engine killed at every request and commit: minutes'
	@echo 'make test-openstack  the tests against real OpenStack services'
	@echo 'make bench           measure the engine; tools/bench says what else'
	@echo 'make fuzz            feed the readers made-up input, SECONDS=600 each'
	@echo 'make oracle          judge recorded template cases of the original: CASES=folder'
	@echo 'make corpus          judge real templates as the original did: CORPUS=folder'
	@echo 'make tidy            the rules of the house, and clang-tidy'
	@echo 'make format          clang-format over all sources'
	@echo 'make clean           remove build/'

build test run demo bench test-crash test-openstack fuzz oracle corpus format:
	@test -x tools/$@ || { echo "make $@: there is no tools/$@ yet" >&2; exit 1; }
	@tools/$@

tidy:
	@tools/tidy
	@tools/clang-tidy

clean:
	rm -rf build
