// What a page owes to every reader, as far as its document alone can tell. Returns a list of faults.
(() => {
  const faults = [];
  const all = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility({ visibilityProperty: true }));
  const shown = e => e.outerHTML.slice(0, 120);
  const name = e => (e.getAttribute('aria-label')
    || (e.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.textContent || '').join(' ')
    || [...(e.labels || [])].map(l => l.textContent).join(' ') || e.textContent || '').trim();
  const one = (selector, what) => { const n = all(selector).length; if (n !== 1) faults.push(`${n} × ${what}`); };

  if (!/^(vi|en)$/.test(document.documentElement.lang)) faults.push(`lang="${document.documentElement.lang}"`);
  if (!document.title.trim()) faults.push('no title');
  one('main', 'main'); one('header', 'header'); one('footer', 'footer'); one('h1', 'h1');
  let level = 0;
  for (const h of all('h1, h2, h3, h4, h5, h6')) {
    const next = +h.tagName[1];
    // The first heading is the verdict; after it no level is left out.
    if (level && next > level + 1) faults.push(`heading leaves out a level: ${shown(h)}`);
    level = next;
  }
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => faults.push(`id twice: ${id}`));
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'for']) {
    for (const e of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of e.getAttribute(attribute).split(' ')) {
        if (!document.getElementById(id)) faults.push(`${attribute} leads nowhere: ${shown(e)}`);
      }
    }
  }
  for (const e of all('a[href], button, input, summary, nav, section')) if (!name(e)) faults.push(`has no name: ${shown(e)}`);
  for (const e of document.querySelectorAll('img:not([alt])')) faults.push(`picture without words: ${shown(e)}`);
  for (const e of document.querySelectorAll('svg')) {
    if (!e.closest('[aria-hidden=true]') && e.getAttribute('role') !== 'img') faults.push(`drawing neither hidden nor named: ${shown(e)}`);
  }
  if (document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])')) faults.push('tab order is forced');

  // Targets: 44 px high, but for links within a sentence.
  for (const e of all('button, summary, input, a.button, a.phone, a.brand')) {
    const r = e.getBoundingClientRect();
    if (e.classList.contains('skip')) continue;
    if (r.height < 43.5 || r.width < 24) faults.push(`target of ${Math.round(r.width)} × ${Math.round(r.height)} px: ${shown(e)}`);
  }
  // Nothing is wider than the window.
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) {
    faults.push(`${wide} px wide in a window of ${innerWidth}`);
    for (const e of all('body *')) if (e.getBoundingClientRect().right > innerWidth + 1) { faults.push(`too wide: ${shown(e)}`); break; }
  }
  // Nothing is cut off.
  for (const e of all('main *')) {
    const s = getComputedStyle(e);
    if (e.matches('.hidden, .skip, code') || e.closest('.hidden')) continue;
    if (s.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) faults.push(`cut off: ${shown(e)}`);
  }
  // Line height leaves room for diacritics.
  for (const e of all('h1, h2, h3, h4, p, dd, dt, li, summary, button')) {
    if (!e.textContent.trim() || e.closest('.hidden')) continue;
    const s = getComputedStyle(e), ratio = parseFloat(s.lineHeight) / parseFloat(s.fontSize);
    if (ratio < 1.2 || (ratio < 1.45 && e.matches('h1, h2, h3, h4, p'))) faults.push(`lines too close (${ratio.toFixed(2)}): ${shown(e)}`);
  }

  // Contrast of each text with what is behind it (WCAG 2.2, 1.4.3).
  const parse = c => (c.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const over = (top, below) => { const a = top[3] ?? 1; return [0, 1, 2].map(i => top[i] * a + below[i] * (1 - a)); };
  const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { if (!e) return [255, 255, 255]; const c = parse(getComputedStyle(e).backgroundColor);
    return (c[3] ?? 1) === 1 ? c : over(c, behind(e.parentElement)); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !e.checkVisibility() || e.closest('.hidden, .skip, script, style, noscript')) continue;
    const back = behind(e), s = getComputedStyle(e), text = over(parse(s.color), back);
    const [a, b] = [light(text), light(back)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    const size = parseFloat(s.fontSize), large = size >= 24 || (size >= 18.66 && +s.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${shown(e)}`);
  }
  return [...new Set(faults)];
})()
