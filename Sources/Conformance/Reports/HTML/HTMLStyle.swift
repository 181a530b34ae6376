// How the page looks: light and dark, on a phone, on a desktop and on paper.

/// The style sheet.
enum HTMLStyle {
    /// Colours come from the variables at the top only; a verdict's class sets `--tone` and `--wash`.
    static let sheet: Markup = """
        :root { color-scheme: light dark;
          --page: #ffffff; --raised: #f5f6f8; --line: #d9dde3; --text: #1b1f24; --quiet: #5a6470; --link: #0b57b7;
          --green: #14713d; --green-wash: #dff3e6; --red: #b3161e; --red-wash: #fde3e2; --amber: #8a5300; --amber-wash: #fdeecb;
          --grey: #59626d; --grey-wash: #e9ecf0; --blue: #24589e; --blue-wash: #e2edfb; --violet: #6b3fa0; --violet-wash: #efe6fb }
        @media (prefers-color-scheme: dark) { :root {
          --page: #14171b; --raised: #1d2126; --line: #343a42; --text: #e6e9ed; --quiet: #9ca6b2; --link: #7fb5ff;
          --green: #6fd398; --green-wash: #173425; --red: #ff8f8a; --red-wash: #4a1c1e; --amber: #f1be62; --amber-wash: #3d2f12;
          --grey: #a9b2bd; --grey-wash: #2a2f36; --blue: #8fbcf7; --blue-wash: #1b2f4a; --violet: #c5a3f3; --violet-wash: #33264a } }
        .pass { --tone: var(--green); --wash: var(--green-wash) }
        .fail, .timeout, .crash, .leak, .unexpectedPass, .broken { --tone: var(--red); --wash: var(--red-wash) }
        .nonStrict { --tone: var(--amber); --wash: var(--amber-wash) }
        .informational { --tone: var(--blue); --wash: var(--blue-wash) }
        .expectedFailure { --tone: var(--violet); --wash: var(--violet-wash) }
        .skip, .none { --tone: var(--grey); --wash: var(--grey-wash) }

        * { box-sizing: border-box }
        html { scroll-padding-top: 8rem }
        body { margin: 0 auto; max-width: 74rem; padding: 1.5rem 1.25rem 5rem; background: var(--page); color: var(--text);
          font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
        code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
        a { color: var(--link) }
        h1 { margin: 0; font-size: 2rem; line-height: 1.2 } h1.bad { color: var(--red) } h1.good { color: var(--green) }
        h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem } h3 { margin: 0; font-size: 1.05rem }
        p { margin: .35rem 0 } .kind, .hint, .time, dt { color: var(--quiet) } .kind { margin: 0 } .hint, .time { font-size: .875rem }
        .jump { position: absolute; left: -99rem } .jump:focus { position: static }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px }

        .count { display: inline-block; margin: .25rem .35rem .25rem 0; padding: .1rem .6rem; border-radius: 1rem; background: var(--wash); color: var(--tone) }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: .5rem 1.25rem; margin: 1rem 0 0 }
        .facts dt { font-size: .8rem } dd { margin: 0 }

        .failures { list-style: none; margin: 0; padding: 0 }
        .failures li { padding: .6rem .9rem; border-left: 3px solid var(--red); background: var(--raised); margin-bottom: .4rem }
        .badge { color: var(--tone); font-weight: 600; white-space: nowrap }
        .message { white-space: pre-wrap }
        .failures .message { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 5; overflow: hidden }

        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1rem; align-items: start }
        .card { padding: .9rem 1rem; border: 1px solid var(--line); border-top: 3px solid var(--tone); border-radius: 6px; background: var(--raised) }
        .card h3 { display: inline } .standing { display: inline; margin-left: .5rem; color: var(--tone); font-weight: 600 }
        .figure { font-size: .9rem; color: var(--quiet) } .figure b { color: var(--text); font-size: 1.15rem; margin-right: .3rem }
        .bar { display: flex; gap: 1px; height: .5rem; margin: .5rem 0; border-radius: 3px; overflow: hidden; background: var(--line) }
        .bar i { background: var(--tone); min-width: 3px } .card details { margin-top: .5rem; font-size: .9rem } .card dl { margin: .4rem 0 }
        .card dd { margin-bottom: .4rem } summary { cursor: pointer } .wide { margin-top: 1rem }

        .scroll { overflow-x: auto } table { border-collapse: collapse }
        th, td { padding: .2rem .9rem .2rem 0; text-align: left; font-weight: 400 } thead th { color: var(--quiet); font-size: .875rem }
        .overview td { padding-right: .4rem }
        .cell { display: block; min-width: 5rem; padding: .12rem .5rem; border-radius: 4px; background: var(--wash); color: var(--tone);
          font-size: .875rem; font-variant-numeric: tabular-nums; text-decoration: none; white-space: nowrap; text-align: center }
        a.cell:hover, summary:hover .cell { box-shadow: inset 0 0 0 1px var(--tone) }

        .top { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line) }
        #filters { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; padding: .6rem 0 0 }
        #filters[hidden] { display: none } #filters label { display: grid; font-size: .8rem; color: var(--quiet) } .search { flex: 1 1 14rem }
        input, select, button { font: inherit; font-size: .95rem; padding: .3rem .5rem; color: var(--text); background: var(--raised);
          border: 1px solid var(--line); border-radius: 5px; min-width: 0; max-width: 100% }
        button { cursor: pointer } #shown { font-size: .875rem; color: var(--quiet); padding-bottom: .35rem; min-width: 11rem }

        .columns, .clause > summary { display: grid; gap: .4rem; align-items: center;
          grid-template-columns: minmax(0, 1fr) repeat(var(--backends), minmax(5rem, 6.5rem)) }
        .columns { padding: .4rem .4rem .2rem 1.4rem; color: var(--quiet); font-size: .875rem } .columns span + span { text-align: center }
        .area > h3 { margin: 1.25rem 0 .25rem; text-transform: capitalize }
        .clause { border-top: 1px solid var(--line) } .clause > summary { padding: .3rem .4rem .3rem 0; list-style: none }
        summary::-webkit-details-marker { display: none }
        .clause > summary .name::before { content: "▸"; display: inline-block; width: 1.4rem; color: var(--quiet) }
        .clause[open] > summary .name::before { content: "▾" } .clause > summary:hover { background: var(--raised) }
        .level { font-size: .78rem; color: var(--quiet); margin-left: .35rem } .of { position: absolute; clip-path: inset(50%); width: 1px; overflow: hidden }
        .clause > .inside { padding: .1rem 0 1rem 1.4rem } .sentence { max-width: 46rem; margin-bottom: .6rem }

        .case { border-left: 2px solid var(--line); padding-left: .75rem } .case > summary { padding: .15rem 0 } .case[open] { border-color: var(--quiet) }
        .case > .inside { padding: .1rem 0 .8rem } .mark { font-size: .8rem; color: var(--tone); margin-left: .55rem; white-space: nowrap }
        .result { margin: .45rem 0; padding-left: .75rem } .result .backend { display: inline-block; min-width: 3.5rem }
        .again { display: flex; gap: .5rem; align-items: start; margin: .4rem 0 } .again code { flex: 0 1 auto; padding: .3rem .6rem; background: var(--raised);
          border: 1px solid var(--line); border-radius: 4px } .again button { flex: none; padding: .15rem .5rem; font-size: .8rem }
        .result > .message { padding: .35rem .6rem; background: var(--raised); border-radius: 4px }
        .trace summary { font-size: .9rem } .trace pre { margin: .3rem 0; padding: .6rem .75rem; max-height: 26rem; overflow: auto; background: var(--raised);
          border: 1px solid var(--line); border-radius: 4px; overflow-wrap: normal }
        .others { margin: .2rem 0 0; padding-left: 1.2rem } .quiet { opacity: .35 }

        @media (max-width: 640px) {
          body { padding: 1rem .8rem 4rem; font-size: 15px } h1 { font-size: 1.6rem } html { scroll-padding-top: 1rem }
          .facts { grid-template-columns: 1fr 1fr } .top { position: static; padding-bottom: .6rem } .search { flex-basis: 100% }
          #filters label:not(.search) { flex: 1 1 7rem }
          .columns { display: none !important } .clause > summary { grid-template-columns: repeat(var(--backends), minmax(0, 1fr)) }
          .clause > summary .name { grid-column: 1 / -1 } .clause > summary .of { position: static; clip-path: none; width: auto }
          .clause > .inside { padding-left: .3rem } .clause > summary { padding-bottom: .5rem } .cell { min-width: 0; padding: .12rem .3rem }
          .overview { width: 100% } .overview th { padding-right: .5rem } .trace pre { font-size: .78rem } .result { padding-left: .2rem } }
        @media print {
          body { max-width: none; padding: 0; font-size: 11px } #filters, .jump, .again button { display: none !important }
          .cell, .bar i, .count { print-color-adjust: exact; -webkit-print-color-adjust: exact } .clause, .card, .failures li { break-inside: avoid }
          .trace pre { max-height: none; white-space: pre-wrap } a { color: inherit; text-decoration: none } }
        """
}
