/**
 * Imports only go down: apps → workflow contracts and activities → libs → libs/domain. Each rule says why it is there, and
 * tests/boundaries/boundaries.spec.ts plants a violation of each and sees it bite.
 */

/** Specs and what only they use: they may look across. */
const SPECS = '\\.spec\\.ts$|\\.arbitrary\\.ts$|-suite\\.ts$|(^|/)scripted-[^/]*\\.ts$|/testing/|^workflows/histories/|^tests/';
const WHATSAPP_CLIENT = 'node_modules/(@whiskeysockets/baileys|baileys|libsignal)/';
/** Names of queues, workflows and search attributes: constants without I/O, which both sides of a call must agree on. */
const TEMPORAL_NAMES = '^libs/temporal/(queues|workflow-ids|search-attributes)\\.ts$';

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Two files that import each other are one file that nobody can read.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'imports-resolve',
    comment: 'An import that leads nowhere works on the machine of whoever wrote it, if at all.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'shipped-code-needs-shipped-packages',
    comment: 'Production images are installed without devDependencies.',
    from: { path: '^(apps|workflows|activities|libs)/', pathNot: SPECS },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'libs-go-down',
    comment: 'A library that knows its users cannot be used by others.',
    from: { path: '^libs/', pathNot: SPECS },
    to: { path: '^(apps|workflows|activities|tests|infra|ui)/' },
  },
  {
    name: 'libs-are-strangers',
    comment: 'What one library needs of another it gets as an argument, except domain, apart, config, http and vault.',
    from: { path: '^libs/([^/]+)/', pathNot: SPECS },
    to: { path: '^libs/', pathNot: '^libs/($1|domain|apart|config|http|vault)/' },
  },
  {
    name: 'domain-is-pure',
    comment: 'The product’s decisions must run anywhere and give the same twice: no other library, no Node built-in.',
    from: { path: '^libs/domain/', pathNot: SPECS },
    to: { pathNot: '^libs/domain/|node_modules' },
  },
  {
    name: 'domain-packages',
    comment: 'Pure packages from a closed list: geometry, phone numbers, schemas, dates, a safe regex engine.',
    from: { path: '^libs/domain/', pathNot: SPECS },
    to: { path: 'node_modules/', pathNot: 'node_modules/(@turf/[^/]+|libphonenumber-js|zod|temporal-polyfill|re2js)/' },
  },
  {
    name: 'simulated-whatsapp-stands-alone',
    comment: 'The simulated network must be a stranger to what it tests, and publishable on its own.',
    from: { path: '^libs/simulator/whatsapp/' },
    to: { path: '^(apps|workflows|activities|libs|tests|infra|ui)/', pathNot: '^libs/simulator/whatsapp/' },
  },
  {
    name: 'whatsapp-client-lives-in-two-rooms',
    comment: 'Baileys is unofficial and libsignal is GPL-3.0: both stay behind the channel’s port.',
    from: { path: '^(apps|workflows|activities|libs|infra|ui)/', pathNot: '^libs/(channels|simulator)/whatsapp/|\\.spec\\.ts$' },
    to: { path: WHATSAPP_CLIENT },
  },
  {
    name: 'whatsapp-client-reaches-two-apps',
    comment: 'What ships with libsignal is GPL-3.0: only the gateway and the simulator do.',
    from: { path: '^(apps/(?!whatsapp/|simulator/)|workflows/|activities/)', pathNot: SPECS },
    to: { path: WHATSAPP_CLIENT, reachable: true },
  },
  {
    name: 'production-holds-no-simulator',
    comment: 'Production images are built without libs/simulator; its root key comes by environment, where it is wanted.',
    from: { path: '^apps/(?!simulator/)', pathNot: SPECS },
    to: { path: '^libs/simulator/', reachable: true },
  },
  {
    name: 'workflows-are-deterministic',
    comment: 'A workflow is replayed: it imports @temporalio/workflow, domain, contracts, names and ../activities, nothing else.',
    from: { path: '^workflows/.+/workflow\\.ts$' },
    to: {
      pathNot: `^workflows/(activities|updates)\\.ts$|^workflows/[^/]+/contract\\.ts$|^libs/domain/|${TEMPORAL_NAMES}|node_modules/@temporalio/(workflow|common)/`,
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'contracts-carry-no-code',
    comment: 'Contracts and activity proxies are loaded by workflows and by their callers: names and types only.',
    from: { path: ['^workflows/(activities|updates)\\.ts$', '^workflows/[^/]+/contract\\.ts$'] },
    to: { pathNot: `^libs/domain/|${TEMPORAL_NAMES}|node_modules/@temporalio/(workflow|common)/`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'clients-stay-outside-workflows',
    comment: 'Calling a workflow takes the network: only those outside of one do it, through what its contract names.',
    from: { path: '^workflows/[^/]+/client\\.ts$' },
    to: { pathNot: `^workflows/[^/]+/contract\\.ts$|node_modules/@temporalio/(client|common)/`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'workflows-are-reached-by-contract',
    comment: 'Callers know a workflow’s contract and client; its code is loaded by the worker’s bundle alone.',
    from: { path: '^(apps|activities|libs)/', pathNot: SPECS },
    to: { path: '^workflows/', pathNot: '^workflows/[^/]+/(contract|client)\\.ts$' },
  },
  {
    name: 'activities-go-down',
    comment: 'An activity is called by workflows and mounted by apps: it knows neither.',
    from: { path: '^activities/', pathNot: SPECS },
    to: { path: '^(apps|tests|infra|ui)/' },
  },
  {
    name: 'apps-are-strangers',
    comment: 'Processes meet in Temporal and PostgreSQL, never in memory.',
    from: { path: '^apps/([^/]+)/', pathNot: SPECS },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'nothing-ships-tests',
    comment: 'libs/testing and other test support pull in test tools, and may do what production must not.',
    from: { path: '^(apps|workflows|activities|libs|ui)/', pathNot: SPECS },
    to: { path: SPECS },
  },
  {
    name: 'launchers-stay-outside',
    comment: 'infra/ starts processes; a process must also run where something else started it.',
    from: { path: '^(apps|workflows|activities|libs|ui)/', pathNot: SPECS },
    to: { path: '^infra/' },
  },
  {
    name: 'launchers-start-from-nothing',
    comment: 'These run before packages are installed: Node built-ins and each other only.',
    from: { path: '^infra/(start|test|hilo|bench|bootstrap|install|launch-failure|paths|parent|progress)\\.mjs$' },
    to: {
      pathNot: '^infra/(bootstrap|install|launch-failure|paths|parent|progress)\\.mjs$',
      dependencyTypesNot: ['core', 'dynamic-import'],
    },
  },
  {
    name: 'screens-are-clients',
    comment: 'A screen knows the API and types, and runs in a browser.',
    from: { path: '^ui/' },
    to: { path: '^(apps|workflows|activities|libs|infra|tests)/', dependencyTypesNot: ['type-only'] },
  },
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.data)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
