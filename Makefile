.PHONY: help build quick verify fmt questions proof screenshots yardstick
JDK25 = $(shell ./levee jdk)
TODAY = $(shell date -u +%F)
PROOFS = crash faults triple hostile damage power restore kill day overload neighbour

help: ## what a developer can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

build: ## compile and package, no tests
	mvn -q -DskipTests package

quick: ## compile all, without format and Error Prone: between two thoughts
	mvn -q test-compile -Dspotless.check.skip=true -Derrorprone.arg=-Xdiags:compact

verify: ## all tests, as CI runs them
	mvn verify

fmt: ## format the sources
	JAVA_HOME=$(JDK25) mvn -q spotless:apply

questions: ## 2,000 generated questions, each also answered by plain Java
	mvn -q -pl local -am verify -DskipITs -Dtest=LuceneQuestionTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dlevee.questions=2000

yardstick: ## fetch what an OpenSearch node needs, 60 MB, for ./levee bench query
	mvn -q -f bench/yardstick/pom.xml dependency:copy-dependencies

screenshots: ## pictures of every page over the demo's week: target/screenshots/index.html
	mvn -q -pl app -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dit.test=ITScreenshots -Dfailsafe.failIfNoSpecifiedTests=false -Dlevee.screenshots=$(CURDIR)/target/screenshots

proof: $(PROOFS:%=proof-%) ## every proof at full size into bench/results: hours; power needs root and xfsprogs

# One of them: make proof-crash. All of them, though one fails: make -k proof.
proof-kill:
	./levee bench kill --rounds 300 --connections 64 --output bench/results/$(TODAY)-kill.txt

proof-%:
	./levee bench proof-$* --output bench/results/$(TODAY)-$*.txt
