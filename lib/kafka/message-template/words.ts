/** People as examples have them, from all over. */
export const FIRST_NAMES =
  'Ada Ahmed Akira Amara Ana Bilal Camille Chen Dalia Emeka Fatima Grace Hana Ines Jakub Jiwoo Kofi Lena Linus Mateo Maya Minjun Nadia Noor Olga Pavel Priya Ravi Sofia Tomas Yuna Zoe'.split(
    ' ',
  );

export const LAST_NAMES =
  'Abebe Alvarez Andersson Bauer Chandra Choi Costa Dubois Eze Fischer Garcia Haddad Hopper Ivanova Jensen Kang Kim Kowalski Lovelace Mensah Nguyen Okafor Park Patel Rossi Sato Silva Tanaka Torvalds Weber Yamada Zhang'.split(
    ' ',
  );

/** Plain words that filler text is made of: none needs escaping in JSON or XML. */
export const WORDS =
  'about after again along answer apple autumn before bright bridge carry circle cloud corner dance early earth evening field follow forest garden gentle green harbor hollow island journey kitchen ladder letter light little market meadow moment morning mountain narrow never number ocean orange other paper people picture place quiet river silver simple spring stone story summer table thing travel under valley water window winter'.split(
    ' ',
  );
