import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findChromium } from '../../infra/chromium.mjs';
import { launchChromium } from '../browser/chromium.js';
import { RunningCopy } from '../stories/running-copy.js';

/**
 * What the screens weigh and how soon they show something, cold, on a bad line: 400 kbit/s each way, 400 ms until an answer begins. Chromium
 * delays answers, not handshakes: a real line adds a round trip for the connection.
 */
const kbitPerSecond = 400;
const roundTripMs = 400;

interface Screen {
  name: string;
  path: string;
  /** What is there once the screen can be used. */
  content: string;
  aims: { scriptKb: number; skeletonMs?: number; contentMs: number };
}

const screens: readonly Screen[] = [
  { name: 'login', path: '/login/', content: 'input[autocomplete="username"]', aims: { scriptKb: 110, contentMs: 5_000 } },
  { name: 'dashboard', path: '/dashboard', content: '.kpi__value', aims: { scriptKb: 230, skeletonMs: 4_000, contentMs: 9_000 } },
  { name: 'OmniChat', path: '/omnichat', content: '[role="tab"]', aims: { scriptKb: 250, skeletonMs: 4_000, contentMs: 9_000 } },
];

interface Measured {
  screen: Screen;
  scriptKb: number;
  skeletonMs: number;
  contentMs: number;
}

async function logIn(context: BrowserContext, url: string): Promise<void> {
  const credentials = { login: 'sofia', password: 'hilo-demo-2026', remember: false };
  const answer = await context.request.post(`${url}/api/session`, { data: credentials, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`The log-in answered ${answer.status()}: ${await answer.text()}`);
}

async function slowDown(context: BrowserContext, page: Page): Promise<void> {
  const bytesPerSecond = (kbitPerSecond * 1_000) / 8;
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency: roundTripMs, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond,
  });
}

async function measure(browser: Browser, url: string, screen: Screen): Promise<Measured> {
  const context = await browser.newContext({ locale: 'es-AR', viewport: { width: 1280, height: 800 } });
  try {
    if (screen.path !== '/login/') await logIn(context, url);
    const page = await context.newPage();
    await slowDown(context, page);
    const from = performance.now();
    await page.goto(url + screen.path, { waitUntil: 'commit', timeout: 60_000 });
    await page.locator(screen.content).first().waitFor({ state: 'visible', timeout: 60_000 });
    const contentMs = performance.now() - from;
    const { scriptBytes, skeletonMs } = await page.evaluate<{ scriptBytes: number; skeletonMs: number }>(figures);
    return { screen, scriptKb: scriptBytes / 1_000, skeletonMs, contentMs };
  } finally {
    await context.close();
  }
}

/** Runs in the page: what its scripts weighed on the wire, and when it first drew something. */
const figures = `(() => {
  const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
  const paints = performance.getEntriesByType('paint').map(({ startTime }) => startTime);
  return { scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0), skeletonMs: Math.min(...paints) };
})()`;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const judged = (value: number, aim: number, show: (value: number) => string): string => `${show(value)} (aim ≤ ${show(aim)}${value > aim ? ', MISSED' : ''})`;

function line({ screen: { name, aims }, scriptKb, skeletonMs, contentMs }: Measured): string {
  const skeleton = aims.skeletonMs === undefined ? [] : [`skeleton ${judged(skeletonMs, aims.skeletonMs, seconds)}`];
  return [
    `screens: ${name}:`, `script ${judged(scriptKb, aims.scriptKb, (kb) => `${kb.toFixed(0)} kB`)},`, ...skeleton.map((words) => `${words},`), `content ${judged(contentMs, aims.contentMs, seconds)}`,
  ].join(' ');
}

const isMissed = ({ screen: { aims }, scriptKb, skeletonMs, contentMs }: Measured): boolean =>
  scriptKb > aims.scriptKb || contentMs > aims.contentMs || (aims.skeletonMs !== undefined && skeletonMs > aims.skeletonMs);

const executable = await findChromium((message) => console.error(message));
const copy = await RunningCopy.start();
try {
  const browser = await launchChromium(executable);
  const results: Measured[] = [];
  for (const screen of screens) results.push(await measure(browser, `http://127.0.0.1:${copy.ports.api}`, screen));
  await browser.close();
  for (const result of results) console.log(line(result));
  if (results.some(isMissed)) process.exitCode = 1;
} finally {
  await copy.stop();
}
