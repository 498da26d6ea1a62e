/** What Argentine customers and their streets are called. */
export const givenNames: readonly { first: readonly string[]; middle: readonly string[] }[] = [
  {
    first: (
      'Lucía Sofía Valentina Martina Camila Julieta Agustina Florencia Milagros Rocío Micaela Antonella Daniela Paula ' +
      'Lorena Silvina Verónica Patricia Mónica Norma Susana Mirta Alicia Stella Beatriz'
    ).split(' '),
    middle: ['María', 'Belén', 'Soledad', 'Inés', 'Noemí', 'Luján'],
  },
  {
    first: (
      'Mateo Benjamín Joaquín Thiago Lautaro Facundo Nicolás Gonzalo Ezequiel Maximiliano Sebastián Leandro Rodrigo ' +
      'Germán Cristian Marcelo Gustavo Claudio Oscar Raúl Jorge Héctor Rubén Ricardo Walter'
    ).split(' '),
    middle: ['José', 'Luis', 'Ángel', 'Alberto', 'Daniel', 'Emanuel'],
  },
];

export const familyNames = (
  'González Rodríguez Fernández López Martínez Pérez Romero Sánchez Díaz Torres Álvarez Ruiz Ramírez Flores Acuña ' +
  'Medina Herrera Aguirre Giménez Gutiérrez Molina Silva Castro Rojas Ortiz Núñez Luna Juárez Cabrera Ferreyra ' +
  'Godoy Domínguez Moreno Peralta Vega Carrizo Quiroga Castillo Ledesma Muñoz Ojeda Ponce Vera Vázquez Villalba ' +
  'Cardozo Navarro Ramos Arias Coronel Córdoba Figueroa Correa Cáceres Vargas Maldonado Mansilla Farías Rivero Paz ' +
  'Bianchi Rossi Colombo Ferrari Russo Moretti Zanetti Bertolini Schmidt Weber Meyer Kowalski Novak'
).split(' ');

/** Streets of greater Rosario with their town and postal code; house numbers run from 100 to 4900. */
export const streets: readonly { name: string; town: string; postalCode: string }[] = [
  ...'San Martín|Mitre|Corrientes|Entre Ríos|Sarmiento|San Luis|Mendoza|Córdoba|Santa Fe|Salta|Jujuy|Tucumán|Urquiza|Pellegrini|Montevideo|Zeballos|Ayacucho|Necochea|Laprida|Maipú|España|Italia|Callao|Ovidio Lagos|Alsina'
    .split('|')
    .map((name) => ({ name, town: 'Rosario', postalCode: 'S2000' })),
  ...'Santa Fe|Buenos Aires|Elorza|Candelaria|Angelome'
    .split('|')
    .map((name) => ({ name, town: 'Funes', postalCode: 'S2132' })),
  ...'Sargento Cabral|Belgrano|Rivadavia|Lavalle'.split('|').map((name) => ({ name, town: 'Roldán', postalCode: 'S2134' })),
  ...'Rivadavia|Sarmiento|Las Heras|Alvear'.split('|').map((name) => ({ name, town: 'Pérez', postalCode: 'S2121' })),
  ...'San Martín|Rioja|Eva Perón'.split('|').map((name) => ({ name, town: 'Granadero Baigorria', postalCode: 'S2152' })),
  ...'San Diego|Mosconi|Ingeniero Huergo|Filippini'
    .split('|')
    .map((name) => ({ name, town: 'Villa Gobernador Gálvez', postalCode: 'S2124' })),
];
