// The built command, as a person runs it.

import Conformance
import Testing

@Suite struct ExecutableTests {
    private func executable() throws -> String {
        let own = try #require(Native.target(ofLink: "/proc/self/exe"))
        return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/iospec"
    }

    private func iospec(_ arguments: String...) throws -> (status: Int32, output: String) {
        let ended = try Native.run(executable(), arguments)
        return (ended.status, String(decoding: ended.output, as: UTF8.self))
    }

    /// The exit code of a shell script in which `$iospec` is the command.
    private func shell(_ script: String) throws -> Int32 {
        try Native.run("/bin/sh", ["-c", "iospec=$1; \(script)", "sh", executable()]).status
    }

    @Test func theNopCasesPassOnEveryBackendThatIsHere() throws {
        let ended = try iospec("conform", "--case", "completion.*nop*", "--seed", "1")
        #expect(ended.status == 0, "\(ended.output)")
        #expect(ended.output.contains("epoll"))
    }

    @Test func tapGoesToTheOutputAlone() throws {
        let ended = try iospec("conform", "--backend", "epoll", "--case", "completion.nop", "--tap")
        #expect(ended.output == "TAP version 13\n1..1\nok 1 - epoll completion.nop\n")
    }

    @Test func everyModeRunsTheCaseOnceMore() throws {
        let ended = try iospec("conform", "--backend", "epoll", "--case", "completion.nop", "--mode", "all", "--tap")
        let modes = AmbientMode.allCases.map { $0 == .default ? "epoll" : "epoll/\($0.rawValue)" }
        let points = modes.enumerated().map { "ok \($0.offset + 1) - \($0.element) completion.nop\n" }
        #expect(ended.output == "TAP version 13\n1..\(modes.count)\n" + points.joined())
    }

    @Test func listingRunsNothing() throws {
        let ended = try iospec("conform", "--case", "completion.nop", "--list")
        #expect(ended.status == 0)
        #expect(ended.output.split(separator: "\n").count == 2)
    }

    @Test func backendsTellsAboutAllThree() throws {
        let ended = try iospec("backends")
        for name in ["uring", "aio", "epoll"] { #expect(ended.output.contains("\(name): ")) }
    }

    @Test func aReportThatCannotBeWrittenIsWrongUse() throws {
        #expect(try iospec("conform", "--case", "completion.nop", "--json", "/no/such/folder/report").status == 64)
    }

    @Test func anOutputThatCannotBeWrittenIsAFailure() throws {
        for command in ["spec", "audit", "backends", "conform --list"] {
            let status = try shell("$iospec \(command) > /dev/full")
            #expect(status == 1, "\(command)")
        }
    }

    @Test func aReaderThatWentAwayDoesNotCostTheReport() throws {
        let status = try shell(
            """
            folder=$(mktemp -d)
            $iospec conform --backend epoll --case completion.nop --json $folder/report | true
            grep -q schemaVersion $folder/report
            status=$?; rm -r $folder; exit $status
            """)
        #expect(status == 0)
    }

    @Test func aCommandWithoutStandardDescriptorsRuns() throws {
        #expect(try shell("$iospec conform --backend epoll --case completion.nop --seed 1 <&- >&- 2>&-") == 0)
    }

    @Test func twoReportsOfTheSameResultsDoNotDiffer() throws {
        let status = try shell(
            """
            folder=$(mktemp -d); run="$iospec conform --backend epoll --case completion.nop --seed 1"
            $run --json $folder/one && $run --json $folder/two && $iospec diff $folder/one $folder/two | grep -q "0 worse"
            status=$?; rm -r $folder; exit $status
            """)
        #expect(status == 0)
    }

    @Test func aResultThatGotWorseIsAFailureUnlessItIsNotToBe() throws {
        let status = try shell(
            """
            folder=$(mktemp -d); cd $folder
            $iospec conform --backend epoll --case completion.nop --json one
            sed 's/"pass"/"fail"/' one > two
            $iospec diff one two; [ $? = 1 ] || exit 1
            $iospec diff --no-fail-on-regression one two || exit 2
            $iospec diff two one || exit 3
            rm -r $folder
            """)
        #expect(status == 0)
    }

    @Test func whatIsNoReportIsWrongUse() throws {
        let status = try shell(
            """
            folder=$(mktemp -d); cd $folder
            echo '{' > broken; $iospec spec --format json > foreign
            for file in broken foreign missing; do
              $iospec diff $file $file; [ $? = 64 ] || exit 1
              $iospec report $file --html page; [ $? = 64 ] || exit 2
            done
            [ ! -e page ] || exit 3
            rm -r $folder
            """)
        #expect(status == 0)
    }

    @Test func aReportBecomesAPage() throws {
        let status = try shell(
            """
            folder=$(mktemp -d); cd $folder
            $iospec conform --backend epoll --case completion.nop --seed 1 --json run --html page || exit 1
            $iospec report run --html again && cmp page again && grep -q 'id="case-completion.nop"' page || exit 2
            rm -r $folder
            """)
        #expect(status == 0)
    }

    @Test func aDeclaredFailureThatPassesIsAFailureAndAStaleOneIsWrongUse() throws {
        let status = try shell(
            """
            folder=$(mktemp -d); cd $folder; run="$iospec conform --backend epoll --case completion.nop"
            echo '[{"backend": "epoll", "case": "completion.nop", "reason": "known"}]' > here
            echo '[{"backend": "epoll", "case": "completion.nop", "environment": {"kernel": "1.*"}, "reason": "known"}]' > elsewhere
            echo '[{"backend": "epoll", "case": "no.such", "reason": "known"}]' > stale
            $run --expectations here; [ $? = 1 ] || exit 1
            IOSPEC_EXPECTATIONS=elsewhere:here $run; [ $? = 1 ] || exit 2
            $run --expectations elsewhere || exit 3
            $run --expectations elsewhere --expectations stale; [ $? = 64 ] || exit 4
            rm -r $folder
            """)
        #expect(status == 0)
    }

    @Test func wrongUseIsExitCode64() throws {
        #expect(try iospec("conform", "--backend", "nosuch").status == 64)
    }
}
