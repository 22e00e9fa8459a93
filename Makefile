.PHONY: help build verify fmt
JDK25 = $(shell ./levee jdk)

help: ## what a developer can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

build: ## compile and package, no tests
	mvn -q -DskipTests package

verify: ## all tests, as CI runs them
	mvn verify

fmt: ## format the sources
	JAVA_HOME=$(JDK25) mvn -q spotless:apply
