// What the suite's own test found, for people.

/// Prints the findings of a self-test.
public enum SelfTestReport {
    /// A table of saboteurs, the cases that caught them and what those said, and what is wrong.
    public static func text(_ findings: [SelfTest.Finding]) -> String {
        var table = TextTable(["saboteur", "backend", "caught by", "message"])
        for finding in findings {
            table.add([finding.saboteur.name, finding.backend ?? "-", word(finding), finding.kill?.message ?? finding.saboteur.summary])
        }
        let caught = findings.count(where: \.isCaught)
        return table.text + "\n\n\(caught) of \(findings.count) saboteurs caught by the right clause"
    }

    private static func word(_ finding: SelfTest.Finding) -> String {
        guard let kill = finding.kill else { return finding.backend == nil ? "NOT APPLICABLE" : "SURVIVED" }
        return finding.isRightClause ? kill.id : "WRONG CLAUSE: \(kill.id)"
    }
}
