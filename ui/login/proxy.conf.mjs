/** `ng serve` talks to a copy of Hilo that runs beside it; its address as in `.env.example`. */
const target = `http://127.0.0.1:${process.env.PORT ?? 3000}`;

export default { '/api': { target, ws: true } };
