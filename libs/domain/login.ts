/** A login: small letters, digits, dot, dash and underscore, 2 to 40 characters, as in `juan.perez` or `soporte1`. */
export const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/;
