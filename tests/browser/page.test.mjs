// One path per flow of the page, through a real browser, the real program and a real iperf3 server.
// node --test tests/browser (or `make test`). UPDATE_PICTURES=1 renews docs/images.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, addMonitor, axe, DESKTOP, launch, missing, PHONE, Program, picture, register, startIperf3, until, visit } from './lab.mjs';

const reason = missing();
if (reason) console.log(`browser tests skipped: ${reason}`);

describe('the page', { skip: reason ?? false, timeout: 600_000 }, () => {
  let program;
  let iperf3;
  let browser;
  let visitor;
  let page;

  before(async () => {
    [program, iperf3, browser] = await Promise.all([Program.start(), startIperf3(), launch()]);
    visitor = await visit(browser);
    page = visitor.page;
  });
  after(async () => {
    await browser?.close();
    await iperf3?.stop();
    await program?.dispose();
  });

  const samples = async () => {
    const answer = await page.evaluate(() => fetch('api/monitors/1/rtt?from=' + new Date(Date.now() - 600_000).toISOString() + '&to=' + new Date().toISOString()).then((response) => response.json()));
    return answer;
  };

  it('registers_the_first_account_and_says_that_nothing_is_measured_yet', async () => {
    await register(page, program.url);
    assert.match(await page.title(), /Overview – Netronome/);
    await page.getByRole('link', { name: 'Add a monitor' }).first().waitFor();
  });

  it('refuses_a_bad_definition_under_the_field_and_loses_nothing_typed', async () => {
    await page.goto(`${program.url}monitors/new`);
    await page.getByLabel('Target').fill('203.0.113.300');
    await page.getByLabel('Every').fill('1s');
    await page.getByLabel('Probes a cycle').fill('20');
    await page.getByRole('button', { name: 'Add monitor' }).click();
    await page.getByText('An octet is above 255').waitFor();
    await page.getByText(/longer than 1/).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'target');
    assert.equal(await page.getByLabel('Every').inputValue(), '1s');
  });

  it('tries_a_monitor_once_before_it_is_saved', async () => {
    await page.goto(`${program.url}monitors/new`);
    await page.getByLabel('Target').fill('127.0.0.1');
    await page.getByRole('button', { name: 'Try once' }).click();
    await page.getByText(/5 of 5 answered from 127\.0\.0\.1/).waitFor();
  });

  it('adds_a_monitor_and_shows_live_points_that_keep_arriving', async () => {
    await addMonitor(page, program.url, { name: 'Loopback', target: '127.0.0.1', every: '200ms' });
    const now = page.getByText('Now', { exact: true }).locator('..');
    await until(async () => /\d/.test((await now.textContent().catch(() => '')) ?? ''), 'a live figure');
    const first = await samples();
    await until(async () => (await samples()).summary.sent > first.summary.sent + 5, 'more samples');
    await page.getByRole('img', { name: /^Median [\d.]+\s(ms|µs), p95 .*, 0 of [1-9]\d* probes? lost/ }).waitFor();
  });

  it('shows_the_figures_of_the_chart_in_a_table', async () => {
    await page.goto(`${program.url}monitors/1?from=-5m&to=now&view=table`);
    const row = page.locator('tbody tr').last();
    await row.waitFor();
    const answer = await samples();
    assert.ok(answer.summary.sent > 0);
    assert.ok((await page.locator('tbody tr').count()) > 1);
    assert.ok((await page.getByRole('link', { name: 'CSV' }).getAttribute('href')).startsWith('blob:'));
  });

  it('zooms_by_keyboard_keeps_the_range_in_the_address_and_goes_back', async () => {
    await page.goto(`${program.url}monitors/1?from=-5m&to=now`);
    const chart = page.getByRole('img', { name: /^Median/ });
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=\d{4}|from=%22?\d{4}/);
    await page.getByRole('button', { name: /Paused/ }).waitFor();
    await page.goBack();
    await page.waitForURL(/from=-5m/);
    await page.getByRole('button', { name: /^Live/ }).waitFor();
  });

  it('pauses_live_and_returns', async () => {
    await page.goto(`${program.url}monitors/1?from=-5m&to=now`);
    await page.getByRole('button', { name: /^Live/ }).click();
    await page.getByRole('button', { name: /Paused, \d+ new/ }).waitFor();
    await page.getByRole('button', { name: /Paused/ }).click();
    await page.waitForURL(/from=-5m/);
  });

  it('shows_the_history_after_a_restart_with_the_gap_and_its_reason', async () => {
    await page.goto(`${program.url}monitors/1?from=-5m&to=now`);
    await page.getByRole('img', { name: /^Median/ }).waitFor();
    const before = await samples();
    assert.equal(await program.stop(), 0);
    await page.getByText(/Connection lost\. Showing what was measured until/).first().waitFor();
    // Longer than a cycle and a half and the deadline: shorter holes are no gaps.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    await program.run();
    await page.getByRole('button', { name: 'Try now' }).first().click({ timeout: 3000 }).catch(() => {});
    await page.getByText(/Connection lost\. Showing/).first().waitFor({ state: 'hidden' });
    await until(async () => (await samples()).summary.sent > before.summary.sent, 'samples after the restart');
    const answer = await samples();
    assert.ok(answer.gaps.some((gap) => gap.reason === 'serverRestarted'), JSON.stringify(answer.gaps));
    await page.reload();
    await page.getByRole('img', { name: /gaps? without measurement/ }).waitFor();
  });

  it('adds_an_iperf3_server_and_runs_a_test_with_live_progress', async () => {
    await page.goto(`${program.url}speed`);
    await page.getByRole('button', { name: 'Add server' }).click();
    await page.getByLabel('Name').fill('Loopback iperf3');
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(iperf3.port));
    await page.getByRole('dialog').getByRole('button', { name: 'Add server' }).click();
    await page.getByLabel('Seconds each way').fill('3');
    await page.getByLabel('Streams').fill('1');
    await page.getByRole('button', { name: /^Run test/ }).click();
    await page.getByRole('heading', { name: 'Running' }).waitFor();
    await page.getByRole('img', { name: /Throughput: Download \d/ }).waitFor();
    // It goes on when the person leaves, and the chip leads back.
    await page.getByRole('link', { name: 'Monitors', exact: true }).first().click();
    const chip = page.locator('header').getByRole('link', { name: /[↓↑] [\d.]+\s.?bit\/s/ });
    await chip.waitFor();
    await chip.click();
    await page.getByRole('heading', { name: 'Last result' }).waitFor();
    await page.locator('tbody tr').first().getByRole('link').click();
    await page.getByRole('heading', { name: 'Intervals' }).waitFor();
    assert.ok((await page.locator('tbody tr').count()) >= 4);
  });

  it('stops_a_test_and_keeps_it_in_the_list', async () => {
    await page.goto(`${program.url}speed`);
    await page.getByLabel('Seconds each way').fill('30');
    await page.getByRole('button', { name: /^Run test/ }).click();
    await page.getByRole('img', { name: /Throughput: Download \d/ }).waitFor();
    await page.getByRole('button', { name: /^Stop/ }).click();
    await page.getByText('stopped by you').first().waitFor();
  });

  it('names_the_reason_of_a_failed_test', async () => {
    await page.goto(`${program.url}speed/servers`);
    await page.getByRole('button', { name: 'Add server' }).first().click();
    await page.getByLabel('Name').fill('Nobody');
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('Port').fill('9');
    await page.getByRole('dialog').getByRole('button', { name: 'Add server' }).click();
    await page.getByRole('cell', { name: 'Nobody', exact: true }).waitFor();
    await page.goto(`${program.url}speed`);
    await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Nobody · 127.0.0.1:9' });
    await page.getByRole('button', { name: /^Run test/ }).click();
    await page.locator('tbody').getByText(/✕ .+/).first().waitFor();
  });

  it('does_it_all_by_keyboard', async () => {
    await page.goto(program.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.waitForURL(/monitors/);
    await page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor();
    await page.getByRole('link', { name: 'Loopback', exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/monitors\/1/);
    await page.getByRole('img', { name: /^Median/ }).waitFor();
    await page.keyboard.press('v');
    await page.waitForURL(/view=percentiles/);
    await page.keyboard.press('y');
    await page.waitForURL(/y=log/);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('e');
    await page.waitForURL(/edit/);
    await page.getByLabel('Name').waitFor();
    await page.keyboard.press('Tab');
    const outlined = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    assert.equal(outlined, 'solid');
  });

  it('pauses_with_undo_and_asks_before_it_deletes', async () => {
    await addMonitor(page, program.url, { name: 'Passing', target: '127.0.0.2' });
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('Passing is paused.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Passing measures again.').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete “Passing”?' });
    await dialog.getByRole('button', { name: 'Pause instead' }).waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/monitors$/);
    await page.getByText('Passing is deleted.').waitFor();
  });

  it('signs_out_and_in_and_never_says_which_of_name_and_password_was_wrong', async () => {
    await page.goto(`${program.url}settings`);
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.waitForURL(/\/login/);
    await page.getByLabel('Name').fill(ACCOUNT.username);
    await page.getByRole('textbox', { name: 'Password' }).fill('something else');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Name or password is wrong.').waitFor();
    await picture(page, 'login');
    await page.goto(`${program.url}monitors/1`);
    await page.waitForURL(/\/login\?next=/);
    await page.getByLabel('Name').fill(ACCOUNT.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(ACCOUNT.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/monitors\/1/);
    await page.getByRole('heading', { level: 1, name: 'Loopback' }).waitFor();
  });

  it('breaks_no_rule_of_accessibility_on_any_page_in_either_theme_on_desktop_and_phone', async () => {
    const storageState = await visitor.context.storageState();
    await page.goto(program.url);
    for (const [name, target] of [['Gateway', '127.0.0.3'], ['Resolver', '127.0.0.53'], ['Far end, IPv6', '::1']]) {
      const body = JSON.stringify({ name, target, every: '500ms' });
      await page.evaluate((text) => fetch('api/monitors', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }), body);
    }
    const paths = ['', '?from=-5m&to=now', 'monitors', 'monitors/1?from=-5m&to=now', 'monitors/1?view=table', 'monitors/1?view=percentiles', 'monitors/new', 'monitors/1/edit', 'speed', 'speed/servers', 'speed/runs/1', 'settings', 'nowhere'];
    const names = { '?from=-5m&to=now': 'overview', 'monitors/1?from=-5m&to=now': 'monitor', speed: 'speed' };
    const found = [];
    for (const viewport of [DESKTOP, PHONE]) {
      for (const theme of ['dark', 'light']) {
        const { page: other, context, complaints } = await visit(browser, { viewport, theme, storageState });
        for (const path of paths) {
          await other.goto(`${program.url}${path}`);
          await other.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
          await until(() => other.evaluate(() => document.querySelector('[aria-busy=true]') === null), `${path} to load`);
          const sideways = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (sideways > 0) found.push(`${viewport.width} ${theme} /${path}: ${sideways} px wider than the screen`);
          for (const violation of await axe(other)) found.push(`${viewport.width} ${theme} /${path}: ${violation}`);
          if (names[path]) await picture(other, `${names[path]}-${viewport === PHONE ? 'phone' : 'desktop'}-${theme}`);
        }
        found.push(...complaints);
        await context.close();
      }
    }
    const { page: outside, context } = await visit(browser, { viewport: PHONE, theme: 'light' });
    await outside.goto(`${program.url}login`);
    await outside.getByRole('button', { name: 'Sign in' }).waitFor();
    found.push(...(await axe(outside)));
    await context.close();
    assert.deepEqual(found, []);
  });

  it('complains_about_nothing_in_the_console', () => assert.deepEqual(visitor.complaints, []));
});

describe('below a sub-path', { skip: reason ?? false, timeout: 120_000 }, () => {
  let program;
  let browser;
  before(async () => {
    [program, browser] = await Promise.all([Program.start({ basePath: '/net/work/' }), launch()]);
  });
  after(async () => {
    await browser?.close();
    await program?.dispose();
  });

  it('registers_measures_reloads_a_deep_link_and_asks_for_nothing_outside', async () => {
    const { page, complaints } = await visit(browser);
    const outside = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(program.url) && !request.url().startsWith('blob:')) outside.push(request.url());
    });
    await register(page, program.url);
    await addMonitor(page, program.url, { name: 'Below', target: '127.0.0.1' });
    await page.getByRole('img', { name: /^Median/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Below' }).waitFor();
    await page.goto(`${program.url}settings`);
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.waitForURL(`${program.url}login`);
    await page.goto(`${program.url}monitors/1?y=log`);
    await page.getByLabel('Name').fill(ACCOUNT.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(ACCOUNT.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${program.url}monitors/1?y=log`);
    assert.deepEqual(outside, []);
    assert.deepEqual(complaints, []);
  });
});
