// The heart of the page: areas by backends at a glance, then every clause by backends, with the cases behind each cell.

import IOSpec

/// The two matrices.
enum HTMLMatrix {
    // MARK: Areas

    /// A small table of areas by backends, whose cells lead to the clauses.
    static func overview(_ index: ReportIndex) -> Markup {
        """
        <section id="areas"><h2>Areas</h2><div class="scroll"><table class="overview">
        <thead><tr><th scope="col">area</th>\(index.backends.map { "<th scope=\"col\">\($0)</th>" as Markup })</tr></thead>
        <tbody>\(index.areas.map { row($0, index) })</tbody></table></div>
        <p class="hint">Each case counts once, in the area of the first clause that it proves.</p></section>
        """
    }

    private static func row(_ area: ReportIndex.Area, _ index: ReportIndex) -> Markup {
        let cells = index.backends.map { backend -> Markup in
            let tally = index.tally(ofArea: area, on: backend)
            return """
                <td><a class="cell \(tally.worst?.rawValue ?? "none")" href="#area-\(area.name)" data-area="\(area.name)" data-backend="\(backend)" \
                title="\(tally.words)">\(face(tally))</a></td>
                """
        }
        return "<tr><th scope=\"row\"><a href=\"#area-\(area.name)\">\(area.name)</a></th>\(cells)</tr>\n"
    }

    /// What a cell shows: its figure, and the sign of its worst verdict.
    private static func face(_ tally: Tally) -> Markup {
        "<span aria-hidden=\"true\">\(tally.worst?.sign ?? "")</span> \(tally.figure)"
    }

    // MARK: Clauses

    /// Every clause with its cells, and the cases behind them; with the filters, which only a script can carry out.
    static func section(_ index: ReportIndex) -> Markup {
        """
        <section id="clauses"><h2>Clauses</h2>
        <div class="grid" style="--backends:\(max(index.backends.count, 1))">
        <div class="top">\(filters(index))
        <div class="columns" aria-hidden="true"><span>clause</span>\(index.backends.map { "<span>\($0)</span>" as Markup })</div></div>
        \(index.areas.map { area($0, index) })
        </div>
        <p id="nothing" hidden>Nothing matches the filters.</p>
        </section>
        """
    }

    private static func filters(_ index: ReportIndex) -> Markup {
        let verdicts = Tally(index.report.results).verdicts.map(\.verdict.rawValue)
        return """
            <form id="filters" hidden role="search" aria-label="Filter the clauses">
            <label class="search">Search <input id="text" type="search" placeholder="case, clause or message" autocomplete="off"></label>
            \(choice("area", "Area", "all areas", index.areas.map(\.name)))
            \(choice("verdict", "Verdict", "all verdicts", (verdicts.count > 1 ? ["not a plain pass"] : []) + verdicts))
            \(choice("backend", "Backend", "all backends", index.backends))
            <span class="buttons"><button type="button" id="unfold">Open all</button> <button type="reset">Reset</button></span>
            <output id="shown" aria-live="polite"></output>
            </form>
            """
    }

    private static func choice(_ id: String, _ title: String, _ all: String, _ values: [String]) -> Markup {
        let options = values.map { "<option>\($0)</option>" as Markup }
        return "<label>\(title) <select id=\"\(id)\"><option value=\"\">\(all)</option>\(options)</select></label>"
    }

    private static func area(_ area: ReportIndex.Area, _ index: ReportIndex) -> Markup {
        """
        <section class="area" id="area-\(area.name)" data-area="\(area.name)"><h3>\(area.name)</h3>
        \(area.clauses.map { clause($0, index) })</section>

        """
    }

    private static func clause(_ id: String, _ index: ReportIndex) -> Markup {
        let clause = index.clause(id)
        let cases = index.cases(of: id)
        let (own, others) = (cases.filter { index.home(ofCase: $0) == id }, cases.filter { index.home(ofCase: $0) != id })
        return """
            <details class="clause" id="clause-\(id)"><summary><span class="name"><code>\(id)</code>\(level(clause))</span>\
            \(index.backends.map { cell(index.tally(of: id, on: $0), $0) })</summary>
            <div class="inside"><p class="sentence">\(clause?.sentence ?? "This version of the specification has no such clause.")</p>
            \(own.map { HTMLCase.entry($0, index) })
            \(others.isEmpty ? nil : "<p class=\"hint\">Also proved by cases of other clauses</p>" as Markup)
            <ul class="others">\(others.map { HTMLCase.mention($0, index) })</ul></div></details>

            """
    }

    private static func level(_ clause: Clause?) -> Markup? {
        guard let clause else { return nil }
        let kind: Markup? = clause.kind == .stochastic ? " <span class=\"level\">stochastic</span>" : nil
        return " <span class=\"level\">\(clause.level.rawValue)</span>\(kind)"
    }

    private static func cell(_ tally: Tally, _ backend: String) -> Markup {
        """
        <span class="cell \(tally.worst?.rawValue ?? "none")" data-backend="\(backend)" title="\(backend): \(tally.words)">\
        <span class="of">\(backend) </span>\(face(tally))</span>
        """
    }
}
