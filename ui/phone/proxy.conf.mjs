/** `ng serve phone` talks to a simulator that runs beside it; its address as in `.env.example`. */
const target = `http://127.0.0.1:${process.env.SIMULATOR_PORT ?? 3100}`;
const paths = ['/accounts', '/people', '/groups', '/ledger', '/faults', '/rules', '/reset', '/events', '/demo-people.json'];

export default Object.fromEntries(paths.map((path) => [path, { target }]));
