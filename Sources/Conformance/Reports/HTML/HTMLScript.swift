// What the page can do beyond reading: filter, open what a cell stands for, follow links into closed parts, and copy commands.

/// The script. Without it everything can be read: `details` open by themselves, and the filters stay hidden.
enum HTMLScript {
    static let code: Markup = #"""
        'use strict';
        (() => {
          const all = (selector, root = document) => [...root.querySelectorAll(selector)];
          const one = (id) => document.getElementById(id);
          const filters = one('filters'), text = one('text'), area = one('area'), verdict = one('verdict'), backend = one('backend');
          const failing = new Set(['fail', 'timeout', 'crash', 'leak', 'unexpectedPass', 'broken']);

          // Each clause with its cases, and what the search looks at, in lower case.
          const results = (element) => element.dataset.results.split(' ').filter(Boolean).map((word) => {
            const at = word.lastIndexOf(':');
            return { backend: word.slice(0, at), verdict: word.slice(at + 1) };
          });
          const clauses = all('.clause').map((element) => ({
            element, area: element.closest('.area').dataset.area,
            words: (element.id + ' ' + element.querySelector('.sentence').textContent).toLowerCase(),
            cases: all('.case, .mention', element).map((entry) => ({
              element: entry, isFull: entry.matches('.case'), words: entry.textContent.toLowerCase(), results: results(entry) })),
          }));

          // MARK: Filters

          const isWanted = (result) => (!backend.value || result.backend === backend.value)
            && (!verdict.value || result.verdict === verdict.value || verdict.value === 'not a plain pass' && result.verdict !== 'pass');

          const filter = () => {
            const wanted = text.value.trim().toLowerCase();
            let clauseCount = 0, caseCount = 0;
            for (const clause of clauses) {
              const isNamed = clause.words.includes(wanted);
              let count = 0;
              for (const entry of clause.cases) {
                const isShown = (isNamed || entry.words.includes(wanted)) && entry.results.some(isWanted);
                entry.element.hidden = !isShown;
                if (isShown) count += 1;
                if (isShown && entry.isFull && (!area.value || clause.area === area.value)) caseCount += 1;
              }
              clause.element.hidden = count === 0 || area.value !== '' && clause.area !== area.value;
              if (!clause.element.hidden) clauseCount += 1;
            }
            for (const section of all('.area')) section.hidden = !section.querySelector('.clause:not([hidden])');
            one('nothing').hidden = clauseCount > 0;
            one('shown').textContent = `${clauseCount} clauses, ${caseCount} cases`;
          };

          let pending = 0;
          text.addEventListener('input', () => { clearTimeout(pending); pending = setTimeout(filter, 120); });
          filters.addEventListener('change', filter);
          filters.addEventListener('submit', (event) => { event.preventDefault(); filter(); });
          filters.addEventListener('reset', () => setTimeout(filter));

          const unfold = one('unfold');
          unfold.addEventListener('click', () => {
            const isOpening = unfold.textContent === 'Open all';
            for (const clause of clauses) if (!clause.element.hidden) clause.element.open = isOpening;
            unfold.textContent = isOpening ? 'Close all' : 'Open all';
          });

          // MARK: Opening

          // Lets one backend stand out in a clause; the empty name lets all of them.
          const single = (clause, name) => {
            for (const part of all('.mark, .result', clause)) part.classList.toggle('quiet', name !== '' && part.dataset.backend !== name);
            clause.dataset.only = name;
          };
          const openFailures = (clause, name) => {
            for (const entry of all('.case', clause)) {
              if (results(entry).some((result) => failing.has(result.verdict) && (!name || result.backend === name))) entry.open = true;
            }
          };
          document.addEventListener('toggle', ({ target }) => {
            if (target.matches('.clause') && target.open) openFailures(target, target.dataset.only || '');
            if (target.matches('.case') && target.open) addButtons(target);
          }, true);
          document.addEventListener('click', (event) => {
            const summary = event.target.closest('.clause > summary');
            if (!summary) return;
            const clause = summary.parentElement, cell = event.target.closest('.cell');
            const name = cell ? cell.dataset.backend : '';
            // Another cell of an open clause changes what stands out, and closes nothing.
            if (clause.open && name && clause.dataset.only !== name) {
              event.preventDefault();
              openFailures(clause, name);
            }
            single(clause, name);
          });

          for (const link of all('a.cell')) {
            link.addEventListener('click', () => {
              filters.reset();
              area.value = link.dataset.area;
              backend.value = link.dataset.backend;
              filter();
            });
          }

          // MARK: Links into closed parts

          const follow = () => {
            const target = one(decodeURIComponent(location.hash.slice(1)));
            if (!target) return;
            if (target.closest('[hidden]')) { filters.reset(); filter(); }
            for (let part = target; part; part = part.parentElement) if (part.matches('details')) part.open = true;
            target.scrollIntoView();
            target.querySelector('summary')?.focus({ preventScroll: true });
          };
          window.addEventListener('hashchange', follow);
          document.addEventListener('click', (event) => {
            const link = event.target.closest('a[href^="#"]');
            if (link && link.getAttribute('href') === location.hash) follow();
          });

          // MARK: Commands and paper

          const addButtons = (entry) => {
            for (const line of all('.again', entry)) {
              if (line.querySelector('button')) continue;
              const button = document.createElement('button');
              button.type = 'button';
              button.textContent = 'Copy';
              button.addEventListener('click', async () => {
                const code = line.querySelector('code');
                try {
                  await navigator.clipboard.writeText(code.textContent);
                  button.textContent = 'Copied';
                } catch {
                  getSelection().selectAllChildren(code);
                  button.textContent = 'Selected';
                }
              });
              line.append(button);
            }
          };
          window.addEventListener('beforeprint', () => {
            for (const clause of clauses) {
              if (clause.cases.some((entry) => entry.results.some((result) => failing.has(result.verdict)))) clause.element.open = true;
            }
          });

          filters.hidden = false;
          filter();
          follow();
        })();
        """#
}
