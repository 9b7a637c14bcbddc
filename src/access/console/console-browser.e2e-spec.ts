import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserInstalled, testBrowser } from '../../../test/kit/browser.js';
import { openPage, seriousFindings, type WatchedPage } from './fixtures/open-page.fixture.js';
import { realConsole, type RealConsole } from '../../../test/kit/real-console.js';

const inBrowser = browserInstalled('the page in a browser') ? describe : describe.skip;

inBrowser('the page in a browser', () => {
  let gateway: RealConsole;
  let browser: Browser;
  const pages: WatchedPage[] = [];
  const open = async (width?: number, height?: number): Promise<WatchedPage> => {
    const one = await openPage(browser, gateway.url, width, height);
    pages.push(one);
    return one;
  };
  const search = async ({ page }: WatchedPage, name: string): Promise<void> => {
    await page.getByLabel('姓名', { exact: true }).fill(name);
    await page.getByRole('button', { name: '查询', exact: true }).click();
  };

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([realConsole(), testBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  it('leads a department from its role to a resident, the reason of a lock and the evidence row', async () => {
    const one = await open();
    const { page } = one;
    await page.getByLabel('演示身份').selectOption({ label: '部门经办 · 测试区街道办事处' });
    await page.getByLabel('用途').selectOption('assistance-eligibility');
    await page.getByLabel('依据文号').fill('民救〔2026〕17号');
    await search(one, '王');
    const found = page.locator('table.found tbody tr');
    await found.first().waitFor();
    expect(await found.count()).toBe(1);
    expect(await found.innerText()).toContain('王建国');
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole('button', { name: '查看王建国的详情' }).click();
    await page.getByRole('heading', { name: '王建国' }).waitFor();
    const number = page.locator('.record-Person tr', { hasText: '证件号码' });
    expect(await number.innerText()).toContain('9901**********0013');
    expect(await number.locator('.from').innerText()).toContain('户籍');
    await number.getByRole('button', { name: '已脱敏' }).focus();
    expect(await page.getByRole('tooltip').innerText()).toContain('证件号码一律不出全号');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('tooltip').count()).toBe(0);
    const ethnicity = page.locator('.record-Person tr', { hasText: '民族' });
    await ethnicity.getByRole('button', { name: '不提供' }).hover();
    expect(await page.getByRole('tooltip').innerText()).toContain('所选用途没有列明这一敏感字段');
    const sex = page.locator('.record-Person tr', { hasText: '性别' });
    await sex.getByRole('button', { name: '来源不一致' }).focus();
    expect(await page.getByRole('tooltip').innerText()).toMatch(/户籍:男.*电信:女.*采用户籍/);
    for (const title of ['户籍登记', '户', '房屋关系', '电信订购', '婚姻登记', '社会救助'])
      await page.getByRole('heading', { name: title, exact: true }).waitFor();

    await page.locator('.results:not([hidden])').getByRole('button', { name: '查看本次查询的证据行' }).click();
    const row = page.locator('.evidence-row');
    await row.waitFor();
    const text = await row.innerText();
    for (const part of ['演示-部门经办', '测试区街道办事处', '社会救助资格核对', '民救〔2026〕17号', '放行'])
      expect(text).toContain(part);
    const pseudonym = gateway.town.keyring.pseudonym(gateway.town.resident);
    expect(await row.locator('.pseudonym').allInnerTexts()).toEqual(expect.arrayContaining([pseudonym]));
    expect(text).not.toContain(gateway.town.resident);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('says in yellow which source is down and how old its values are', async () => {
    await gateway.check('telecom', false);
    const one = await open();
    try {
      await search(one, '王');
      await one.page.getByRole('button', { name: '查看王建国的详情' }).click();
      const line = one.page.locator('.results:not([hidden]) .notice-warn');
      await line.first().waitFor();
      expect(await line.first().innerText()).toMatch(/电信\(telecom\)不可用:以下来自它的值截至 2026-10-31 08:00/);
      const mobile = one.page.locator('.record-TelecomSubscription tr', { hasText: '号码' }).first();
      expect(await mobile.innerText()).toContain('13900000002');
      await mobile.getByRole('button', { name: '可能已过时' }).waitFor();
      expect(await seriousFindings(one.page)).toEqual([]);
      // Nobody found while a source is down is no proof that there is nobody.
      await search(one, '欧阳');
      await one.page.getByText('没有姓名以「欧阳」开头的居民').waitFor();
      expect(await one.page.locator('.results:not([hidden]) .notice-warn').innerText()).toContain('电信');
    } finally {
      await gateway.check('telecom', true);
    }
  });

  it('shows refusals with code and cure, and what a role may not do before it tries', async () => {
    const one = await open();
    await one.page.getByLabel('演示身份').selectOption({ label: '厂商 · 演示厂商' });
    await one.page.getByText('「厂商」不能做这类查询').waitFor();
    await search(one, '王');
    const alert = one.page.locator('.notice-bad');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/处理办法:.*\n?.*代码 FORBIDDEN/s);
    await one.page.getByRole('button', { name: '改用「演示-部门经办」' }).click();
    await one.page.getByLabel('依据文号').fill('');
    await search(one, '王');
    await one.page.getByText('请先填写依据文号').waitFor();
  });

  it('answers the three examples and leads to a run and its two balances', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: '查询框' }).click();
    await page.getByRole('button', { name: '一人四系统' }).click();
    await page.getByRole('heading', { name: '社会救助', exact: true }).waitFor();
    await page.getByRole('button', { name: '一户' }).click();
    const member = page.locator('.card', { has: page.getByRole('heading', { name: '户成员 2', exact: true }) });
    await member.waitFor();
    expect(await member.innerText()).toMatch(/李秀英[^]*与户主关系/);
    await page.getByRole('button', { name: '同步与审计' }).click();
    await page.getByRole('heading', { name: '证据(10 条)' }).waitFor();
    expect(await page.getByLabel('演示身份').inputValue()).toBe('2');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '#9', exact: true }).click();
    await page.getByRole('heading', { name: '来数平衡' }).waitFor();
    expect(await page.locator('.equation').allInnerTexts()).toEqual([
      expect.stringMatching(/读取\s*1\s*=\s*新增\s*1[^]*相等/),
      expect.stringMatching(/期末存量\s*1\s*=\s*期初存量\s*0[^]*相等/),
    ]);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '审计证据' }).click();
    await page.locator('.evidence-list summary').first().click();
    await page.locator('.evidence-row').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('works at the width of a telephone', async () => {
    const one = await open(390, 844);
    const { page } = one;
    await search(one, '王');
    await page.getByRole('button', { name: '查看王建国的详情' }).click();
    await page.locator('.record-Person').waitFor();
    const tooWide = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await tooWide()).toBeLessThanOrEqual(0);
    expect(await seriousFindings(page)).toEqual([]);
    for (const name of ['查询框', '数据源与同步', '审计证据']) {
      await page.getByRole('link', { name }).click();
      await page.locator('main h2').first().waitFor();
      expect([name, await tooWide()]).toEqual([name, 0]);
    }
  });

  it('can be worked by keyboard alone', async () => {
    const { page } = await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到主要内容');
    await page.keyboard.press('Enter');
    const focused = (): Promise<string> =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      );
    const tabTo = async (what: RegExp): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab');
        if (what.test(await focused())) return;
      }
      throw new Error(`no way by Tab to ${what}`);
    };
    await page.getByLabel('姓名', { exact: true }).focus();
    await page.keyboard.type('王');
    await page.keyboard.press('Enter');
    await page.locator('table.found').waitFor();
    await tabTo(/^证件号码:已脱敏/);
    expect(await page.getByRole('tooltip').innerText()).toContain('证件号码一律不出全号');
    await tabTo(/^查看王建国的详情/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '王建国' }).waitFor();
  });

  it('sends an ID number once, in the body alone, and does not show it again', async () => {
    const one = await open();
    const { page } = one;
    await page.getByLabel('查询方式').selectOption('idNumber');
    await page.getByLabel('证件号码', { exact: true }).fill(gateway.town.idNumber);
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByRole('heading', { name: '王建国' }).waitFor();
    const carriers = one.requests.filter(({ body }) => body.includes(gateway.town.idNumber));
    expect(carriers.map(({ url }) => new URL(url).pathname)).toEqual(['/graphql']);
    expect(page.url()).not.toContain(gateway.town.idNumber);
    await page.locator('.results:not([hidden]) .inspector summary').click();
    expect(await page.locator('.results:not([hidden]) .inspector').innerText()).toContain('(已隐去)');
    expect(await page.content()).not.toContain(gateway.town.idNumber);
    expect(await page.getByLabel('证件号码', { exact: true }).inputValue()).toBe('');
  });

  it('asked nobody but the gateway, kept to its content policy and put nothing personal in an address', () => {
    const requests = pages.flatMap((one) => one.requests);
    expect(requests.length).toBeGreaterThan(50);
    const origin = new URL(gateway.url).origin;
    expect([...new Set(requests.map(({ url }) => new URL(url).origin))]).toEqual([origin]);
    for (const { url } of requests) expect(new URL(url).search).toBe('');
    expect(pages.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

inBrowser('the page in a browser without a demo', () => {
  it('asks for a token, and answers with it', async () => {
    const [gateway, browser] = await Promise.all([realConsole({ demo: false }), testBrowser()]);
    try {
      const { Tokens } = await import('../../governance/identity/index.js');
      const tokens = new Tokens(gateway.town.db.database, gateway.town.keyring);
      const { token } = await tokens.issueToken({ role: 'department', unit: '民政局', person: '张三' });
      const { page, problems } = await openPage(browser, gateway.url);
      expect(await page.locator('.demo-banner').count()).toBe(0);
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByLabel('访问令牌').fill(token);
      await page.getByRole('button', { name: '进入' }).click();
      await page.locator('.source').first().waitFor();
      await page.getByLabel('用途').selectOption('residence-check');
      await page.getByLabel('依据文号').fill('A-1');
      await page.getByLabel('姓名', { exact: true }).fill('王');
      await page.getByRole('button', { name: '查询', exact: true }).click();
      await page.getByRole('button', { name: '查看王建国的详情' }).click();
      const marriages = page.locator('.card', { has: page.getByRole('heading', { name: '婚姻登记' }) });
      await marriages.waitFor();
      expect(await marriages.innerText()).toMatch(
        /不提供.*所选用途不涉及这一类记录.*「社会救助资格核对」或「紧急联络」/s,
      );
      await page.locator('.results:not([hidden])').getByRole('button', { name: '查看本次查询的证据行' }).click();
      await page.locator('.evidence-box .notice').waitFor();
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
      await gateway.close();
    }
  });
});
