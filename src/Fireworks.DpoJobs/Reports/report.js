'use strict';
(() => {
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  tip.setAttribute('role', 'status');
  document.body.append(tip);

  const element = (name, text) => {
    const created = document.createElement(name);
    created.textContent = text;
    return created;
  };

  const place = (area, fraction) => {
    tip.hidden = false;
    const box = area.getBoundingClientRect();
    const x = box.left + fraction * box.width;
    const left = x + 14 + tip.offsetWidth > window.innerWidth - 8 ? x - 14 - tip.offsetWidth : x + 14;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${Math.max(8, Math.min(box.top + 12, window.innerHeight - tip.offsetHeight - 8))}px`;
  };

  // A chart has a number of positions. Show marks one and describes it in the tooltip; the pointer and the arrow keys select it.
  const interact = (area, count, find, show, hide) => {
    let position = -1;
    const select = index => {
      position = Math.max(0, Math.min(count() - 1, index));
      place(area, show(position));
    };
    const end = () => {
      position = -1;
      tip.hidden = true;
      hide();
    };
    area.addEventListener('pointermove', event => {
      const box = area.getBoundingClientRect();
      select(find((event.clientX - box.left) / box.width));
    });
    area.addEventListener('pointerleave', end);
    area.addEventListener('blur', end);
    area.addEventListener('keydown', event => {
      const step = event.shiftKey ? 10 : 1;
      const target = { ArrowLeft: position - step, ArrowRight: position + step, Home: 0, End: count() - 1 }[event.key];
      if (event.key === 'Escape') end();
      if (target === undefined) return;
      event.preventDefault();
      select(target);
    });
  };

  for (const area of document.querySelectorAll('.area.columns')) {
    const columns = [...area.querySelectorAll('g')];
    const mark = index => columns.forEach((column, i) => column.classList.toggle('on', i === index));
    interact(
      area,
      () => columns.length,
      fraction => Math.floor(fraction * columns.length),
      index => {
        const [title, ...lines] = columns[index].dataset.tip.split('\n');
        tip.replaceChildren(element('b', title), ...lines.map(line => element('span', line)).flatMap((line, i) => i ? [document.createElement('br'), line] : [line]));
        mark(index);
        return (index + 0.5) / columns.length;
      },
      () => mark(-1));
  }

  const nearest = (sorted, value) => {
    let low = 0;
    let high = sorted.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle; else high = middle;
    }
    return value - sorted[low] <= sorted[high] - value ? low : high;
  };

  for (const area of document.querySelectorAll('.area.curves')) {
    const cursor = area.querySelector('.cursor');
    const curves = [...area.querySelectorAll('.curve')].map(path => ({
      path,
      name: path.dataset.name,
      xs: path.dataset.x.split(',').map(Number),
      steps: path.dataset.steps.split(','),
      ys: path.dataset.y.split(','),
    }));
    const shown = () => curves.filter(curve => !curve.path.classList.contains('off'));
    // The positions are those of the curve with the most points.
    const longest = () => shown().reduce((best, curve) => !best || curve.xs.length > best.xs.length ? curve : best, null);
    interact(
      area,
      () => longest()?.xs.length ?? 1,
      fraction => longest() ? nearest(longest().xs, fraction) : 0,
      index => {
        const base = longest();
        if (!base) {
          tip.replaceChildren(element('b', 'All jobs are hidden'));
          return 0.5;
        }
        const x = base.xs[index];
        const rows = [];
        for (const curve of shown()) {
          const at = nearest(curve.xs, x);
          // Beyond its end, a curve has no value.
          if (Math.abs(curve.xs[at] - x) > 0.02 || curve.ys[at] === '') continue;
          const swatch = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
          swatch.setAttribute('width', '22');
          swatch.setAttribute('height', '10');
          const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
          line.setAttribute('d', 'M1 5H21');
          line.setAttribute('class', curve.path.getAttribute('class'));
          swatch.append(line);
          rows.push([swatch, element('span', curve.name), element('span', curve.ys[at])]);
        }
        const grid = document.createElement('div');
        grid.append(...rows.slice(0, 12).flat());
        tip.replaceChildren(element('b', `Step ${Number(base.steps[index]).toLocaleString('en-US')}`), grid);
        if (rows.length > 12) tip.append(element('span', `and ${rows.length - 12} more`));
        cursor.setAttribute('x1', 1000 * x);
        cursor.setAttribute('x2', 1000 * x);
        cursor.classList.add('on');
        return x;
      },
      () => cursor.classList.remove('on'));
  }

  // A button hides and shows its job in all charts.
  const of = (button, name) => document.querySelectorAll(`${name}[data-job="${button.dataset.job}"]`);
  for (const button of document.querySelectorAll('button[data-job]')) {
    button.addEventListener('click', () => {
      const isShown = button.getAttribute('aria-pressed') !== 'true';
      for (const other of of(button, 'button')) other.setAttribute('aria-pressed', isShown);
      for (const path of of(button, 'path')) path.classList.toggle('off', !isShown);
    });
    const light = isOn => {
      for (const path of of(button, 'path')) path.classList.toggle('lit', isOn);
      for (const area of document.querySelectorAll('.area.curves')) area.classList.toggle('dimmed', isOn && button.getAttribute('aria-pressed') === 'true');
    };
    button.addEventListener('pointerenter', () => light(true));
    button.addEventListener('pointerleave', () => light(false));
  }

  const search = document.querySelector('.find input');
  if (search) {
    const found = document.getElementById('found');
    const rows = [...document.querySelectorAll('.jobs tbody tr')].map(row => [row, row.textContent.toLowerCase()]);
    search.addEventListener('input', () => {
      const words = search.value.toLowerCase().split(/\s+/);
      let count = 0;
      for (const [row, text] of rows) {
        row.hidden = !words.every(word => text.includes(word));
        count += row.hidden ? 0 : 1;
      }
      found.textContent = search.value.trim() ? `${count} of ${rows.length} jobs` : '';
    });
  }
})();
