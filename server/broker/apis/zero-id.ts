/** The topic id that stands for none. */
export const ZERO_ID = 'AAAAAAAAAAAAAAAAAAAAAA';
