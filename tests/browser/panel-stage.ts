import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { RunningCopy } from '../stories/running-copy.js';
import { launchChromium } from './chromium.js';

/** The demo's colleagues and their password (libs/db/seeds/demo); the administrator begins with admin/admin. */
export const demoPassword = 'hilo-demo-2026';
export const adminPassword = 'la-nueva-clave-2026';

/** The panel of a whole running copy in a real Chromium; what a test opens ends with `clear()`. */
export class PanelStage {
  readonly url: string;
  readonly simulatorUrl: string;
  #ends: (() => unknown)[] = [];

  private constructor(readonly copy: RunningCopy, readonly browser: Browser) {
    this.url = `http://127.0.0.1:${copy.ports.api}`;
    this.simulatorUrl = `http://127.0.0.1:${copy.ports.simulator}`;
  }

  static async create(): Promise<PanelStage> {
    const copy = await RunningCopy.start();
    try {
      return new PanelStage(copy, await launchChromium());
    } catch (error) {
      await copy.stop();
      throw error;
    }
  }

  /** A browser of its own; the test fails if a page throws, or asks anything of another host than this copy's. */
  async open(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'es-AR', viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(20_000);
    const wrongs: string[] = [];
    context.on('weberror', (error) => wrongs.push(String(error.error())));
    context.on('request', (request) => this.#isOwn(request.url()) || wrongs.push(request.url()));
    this.#ends.push(async () => {
      await context.close();
      expect(wrongs).toEqual([]);
    });
    const page = await context.newPage();
    await page.goto(this.url + path, { waitUntil: 'load' });
    return page;
  }

  #isOwn(url: string): boolean {
    return /^(data|blob):/.test(url) || url.startsWith(this.url) || url.startsWith(this.simulatorUrl) || url.startsWith(this.url.replace('http', 'ws'));
  }

  /** Takes the demo's administrator from admin/admin to `adminPassword`: nothing else works before. */
  async chooseAdminPassword(): Promise<void> {
    const page = await this.open();
    await signIn(page, 'admin', 'admin');
    await page.getByRole('textbox', { name: 'Contraseña nueva', exact: true }).fill(adminPassword);
    await page.getByRole('button', { name: 'Guardar y entrar' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
    await this.clear();
  }

  /** Logged in, at a page. */
  async openAs(login: string, password: string, path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.open(path, options);
    await signIn(page, login, password);
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
    return page;
  }

  async clear(): Promise<void> {
    const ends = this.#ends.reverse();
    this.#ends = [];
    for (const end of ends) await end();
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.copy.stop();
  }
}

export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Usuario' }).fill(login);
  await page.getByRole('textbox', { name: 'Contraseña', exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
}

export const shown = (locator: Locator): Promise<void> => locator.waitFor({ state: 'visible' });
export const gone = (locator: Locator): Promise<void> => locator.waitFor({ state: 'hidden' });

/** Runs in the page: two frames later, and after every transition that ends. */
const drawn = `(async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const finite = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(finite.map((animation) => animation.finished));
})()`;

/** The page wears the theme, every part of it: colours that are on their way have none of the contrast that they end with. */
async function settled(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.waitForFunction(`matchMedia('(prefers-color-scheme: ${colorScheme})').matches`);
  await page.evaluate(drawn);
}

/** axe in both themes, and nothing that sticks out at 360 px: what every page of the panel has to pass. */
export async function expectWellMade(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page, colorScheme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)), `${where}, ${colorScheme}`).toEqual([]);
  }
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow, `${where}: what sticks out at 360 px`).toBe(0);
  await page.setViewportSize(size);
}
