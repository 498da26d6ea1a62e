import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { buildPhone } from '../../infra/build.mjs';
import { inRoot } from '../../infra/paths.mjs';
import { type RunningNetwork, startNetwork } from '../../libs/simulator/whatsapp/index.js';
import { TestClient } from '../../libs/simulator/whatsapp/testing/client.js';
import { launchChromium } from './chromium.js';

/** The number that the page suggests for a world's first business phone. */
export const business = '5493415550100';
export const marta = '5493434000001';
export const hugo = '5493434000002';

const uiDir = inRoot('dist', 'ui', 'phone', 'browser');

/** The phone's page in a real Chromium, served by the real simulator; what a test opens ends with `clear()`. */
export class PhoneStage {
  network!: RunningNetwork;
  #ends: (() => unknown)[] = [];

  private constructor(readonly browser: Browser) {}

  static async create(): Promise<PhoneStage> {
    await buildPhone();
    return new PhoneStage(await launchChromium());
  }

  /** An empty world; on the port of the one before, if its page is to find it again. */
  async startNetwork(port = 0): Promise<void> {
    this.network = await startNetwork({ uiDir, port });
  }

  /** Opens the page; the test fails if it throws, or asks anything of another host. */
  async open(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'es-AR', viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const wrongs: string[] = [];
    page.on('pageerror', (error) => wrongs.push(String(error)));
    page.on('request', (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(this.network.controlUrl) || wrongs.push(request.url()));
    this.#ends.push(async () => {
      await context.close();
      expect(wrongs).toEqual([]);
    });
    page.setDefaultTimeout(10_000);
    await page.goto(this.network.controlUrl + path, { waitUntil: 'load' });
    return page;
  }

  /** Sets the scene through the control API, as a story would. */
  async call(method: string, path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(this.network.controlUrl + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  }

  newClient(): TestClient {
    const client = new TestClient(this.network.url);
    this.#ends.push(() => client.disconnect());
    return client;
  }

  /** A linked business that is online, as Hilo's gateway would be. */
  async linkedBusiness(): Promise<TestClient> {
    await this.call('PUT', `/accounts/${business}`, { name: 'Litoral Fibra' });
    const client = this.newClient();
    this.network.network.seedLinked(business, client.auth.creds);
    client.connect();
    await client.untilOpen();
    return client;
  }

  async clear(): Promise<void> {
    const ends = this.#ends.reverse();
    this.#ends = [];
    for (const end of ends) await end();
    await this.network.stop();
  }
}

export const customerPhone = (page: Page): Locator => page.getByRole('region', { name: 'Marta Giménez' });
export const businessPhone = (page: Page): Locator => page.getByRole('region', { name: 'Teléfono de la empresa' });
export const messages = (phone: Locator): Locator => phone.locator('.msg');
export const shown = (locator: Locator): Promise<void> => locator.waitFor({ state: 'visible' });

/** Writes as Marta. */
export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Mensaje de Marta Giménez' }).fill(text);
  await page.keyboard.press('Enter');
}

export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), where).toEqual([]);
}
