package io.luyun.server.page;

import java.util.ArrayList;
import java.util.List;

/** Looks through what a page shows for what keeps people from using it: by ear, by keyboard, with weak eyes. */
public final class PageAudit {
    /** Each finding is a line that names the rule and the element. */
    private static final String SCRIPT = """
            const found = [];
            const say = (rule, one) => found.push(rule + ': ' + one.outerHTML.slice(0, 140));
            const seen = (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true}) && one.getClientRects().length > 0;
            const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
            const textOf = (one) => (one?.textContent ?? '').trim();
            const named = (one) => one.getAttribute('aria-label')?.trim()
              || (one.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => textOf(document.getElementById(id))).join('').trim()
              || [...(one.labels ?? [])].map(textOf).join('').trim() || (/^(A|BUTTON|SUMMARY|OPTION|TH)$/.test(one.tagName) ? textOf(one) || one.title : '');
            all('button, a[href], input, select, textarea, summary, [role=slider], [role=application], [role=img], [role=region], [role=toolbar], section, nav, aside')
              .filter((one) => !named(one)).forEach((one) => say('has no name', one));
            const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
            ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => found.push('id twice: ' + id));
            for (const one of document.querySelectorAll('[aria-labelledby], [aria-controls], [aria-describedby]')) {
              for (const id of (one.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean)) {
                if (!document.getElementById(id)) say('names an id that is not there', one);
              }
            }
            if (!document.documentElement.lang) found.push('no language');
            if (!document.title) found.push('no title');
            if (all('main').length !== 1) found.push('not one main');
            all('[tabindex]').filter((one) => one.tabIndex > 0).forEach((one) => say('tabindex above 0', one));
            all('table').filter((one) => !one.querySelector('th')).forEach((one) => say('table without heads', one));
            all('ul, ol').filter((one) => [...one.children].some((child) => child.tagName !== 'LI')).forEach((one) => say('list with what is no item', one));
            all('img').filter((one) => !one.hasAttribute('alt')).forEach((one) => say('picture without words', one));
            const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 2;
            [...document.querySelectorAll('*')].filter(seen).filter(scrolls)
              .filter((one) => one.tabIndex < 0 && !one.querySelector('button, a[href], input, select, textarea, [tabindex="0"]')).forEach((one) => say('scrolls, but not by keys', one));
            const parse = (colour) => {
              const numbers = colour.match(/[\\d.]+/g).map(Number);
              return colour.startsWith('color(') ? [...numbers.slice(0, 3).map((part) => part * 255), numbers[3] ?? 1] : [...numbers.slice(0, 3), numbers[3] ?? 1];
            };
            const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
            // What lies behind is the same for all that lie in the same element: reckoned once.
            const known = new Map([[null, {ground: [255, 255, 255, 1], strength: 1}]]);
            const behind = (one) => {
              if (!known.has(one)) {
                const {ground, strength} = behind(one.parentElement);
                const style = getComputedStyle(one);
                known.set(one, {ground: over(parse(style.backgroundColor), ground), strength: strength * Number(style.opacity)});
              }
              return known.get(one);
            };
            const light = ([r, g, b]) => [r, g, b].map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
              .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
            for (const one of [...document.body.querySelectorAll('*')].filter(seen)) {
              const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
              if (!own || one.closest('svg') || one.closest(':disabled') || one.matches('.unseen, .unseen *, .skip, option')) continue;
              const style = getComputedStyle(one);
              const {ground, strength} = behind(one);
              const [r, g, b, a] = parse(style.color);
              const ink = over([r, g, b, a * strength], ground);
              const [low, high] = [light(ink), light(ground)].sort((x, y) => x - y);
              const ratio = (high + 0.05) / (low + 0.05);
              const big = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
              if (ratio < (big ? 3 : 4.5)) say('contrast ' + ratio.toFixed(2), one);
            }
            return found;
            """;

    private PageAudit() {}

    /** What there is; empty for nothing. */
    public static List<String> findings(final PageBrowser browser) {
        final List<String> findings = new ArrayList<>();
        ((List<?>) browser.run(SCRIPT)).forEach(one -> findings.add(String.valueOf(one)));
        return findings;
    }
}
