/**
 * How an abbreviation's full stop is to be read:
 * - `title`: a name follows, whatever it looks like ("Dr.")
 * - `leadIn`: it introduces what follows and never ends a sentence ("e.g.", "vs.")
 * - `nameLike`: before or after a name ("St. John", "Bros."); a word that begins sentences tells that it ended one
 * - `acronym`: may end a sentence; a capital alone does not tell ("the U.S. Army"), a word that begins sentences does
 * - `trailing`: may end a sentence, and does before a capital ("etc.", "Inc.")
 * - `clock`: as trailing, but days and time zones may follow ("5 p.m. Monday")
 * - `measured`: goes on before a figure or a small letter ("Jan. 5", "max. 3"), else ends ("in Jan. The …")
 * - `numbered`: goes on before a figure only; elsewhere it is a word of its own ("No. 5" but "No. Maybe.")
 */
export type AbbreviationKind =
  | 'title'
  | 'nameLike'
  | 'leadIn'
  | 'acronym'
  | 'trailing'
  | 'clock'
  | 'measured'
  | 'numbered';

type Abbreviations = Partial<Record<AbbreviationKind, string>>;

/**
 * Without the final stop. An entry in small letters matches any case; one with a capital matches only as written
 * ("Jan." is a month, "sat." is what the cat did). All languages hold at once: replies mix them, and a name keeps its
 * title. What is also a common word of some language may only stand under a kind that leaves that word alone:
 * `numbered` and `trailing` change nothing before a capital. `_` joins an abbreviation of two words ("par ex.").
 */
const byLanguage: Record<string, Abbreviations> = {
  en: {
    title:
      'mr mrs Ms mx messrs prof capt cmdr lt sgt cpl Maj Brig Gov Hon Pres Rev Supt Insp Det Gen Sen Rep Col Pvt Adm Fr',
    nameLike: 'dr st Mt Ft jr sr esq assoc bros',
    leadIn: 'e.g eg i.e ie vs viz cf approx a.k.a p.s n.b c/o incl excl esp resp',
    acronym: 'u.s u.k u.n e.u d.c u.s.a',
    trailing:
      'etc inc ltd llc plc corp co al ave blvd rd ln hwy apt dept univ govt bldg mgr mfg misc natl intl hr hrs mins secs oz lb lbs tbsp tsp pt qt gal mph yr yrs wk wks pkg pkgs ft mt ph.d m.d b.a m.a b.sc m.sc b.s m.s d.d.s r.n ph.ds b.c a.d b.c.e c.e r.s.v.p temp Mass Calif Conn Penn Ariz Fla Tenn',
    clock: 'a.m p.m',
    measured:
      'Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun min max avg circa est tel ext',
    numbered: 'no nos pp fig figs art vol vols ch chap sec sect par eq ed ver ex',
  },
  de: {
    title: 'Hr Hrn Frl dipl dipl.-ing Ing Mag hl',
    leadIn:
      'z.b zb d.h dh bzw ggf evtl bspw sog vgl inkl exkl einschl zzgl ca i.d.r u.a o.ä s.o s.u insb z.t z.zt v.a eigtl',
    trailing: 'usw etc str mio mrd tsd std sek geb gest verh jh jhd uvm u.v.m usf n.chr v.chr gmbh',
    measured: 'Jän Feb Mär Okt Dez',
    numbered: 'nr abs bd kap abb tab aufl mind',
  },
  fr: {
    title: 'mme mlle MM mgr',
    leadIn: 'p.ex par_ex p._ex c.-à-d c.à.d',
    acronym: 'j.-c',
    trailing: 'boul',
    measured: 'janv févr avr juil déc env',
    numbered: 'n° éd',
  },
  es: {
    title: 'sra srta srtas sras sres dra dres profa d.ª lic arq excmo excma ilmo ilma mons Ud Uds Vd Vds',
    leadIn: 'p.ej p._ej aprox',
    acronym: 'ee uu ee.uu',
    nameLike: 'avda av',
    trailing: 's.a s.l izq dcha teléf tfno c.v',
    measured: 'ene abr ago dic',
    numbered: 'núm num nro pág págs cap ed tel',
  },
  pt: {
    title: 'sr.ª dr.ª exmo exma Eng enga profª drª',
    trailing: 'ltda',
    numbered: 'nº n.º',
  },
  it: {
    title: 'sig sigg sig.ra sig.na dott dott.ssa prof.ssa avv geom ill.mo',
    leadIn: 'ad_es ad.es',
    trailing: 'ecc s.p.a s.r.l p.za v.le',
    numbered: 'pag pagg',
  },
  nl: {
    title: 'dhr mevr Mw drs Ds',
    leadIn: 'bijv bv d.w.z m.a.w o.a t.o.v i.p.v o.l.v',
    trailing: 'enz e.d m.b.t a.u.b s.v.p',
    numbered: 'blz',
  },
  sv: { leadIn: 't.ex bl.a d.v.s dvs s.k', trailing: 'osv m.m o.s.v', numbered: 'kl' },
  pl: { title: 'ul', leadIn: 'np tj tzn m.in', trailing: 'itd itp tys godz' },
  ru: {
    title: 'ул акад проф г-н г-жа',
    leadIn: 'т.е напр ср',
    trailing: 'т.д т.п др пр руб коп тыс млн млрд гг вв мин сек ч',
    measured: 'см',
    numbered: 'стр рис гл',
  },
  vi: { title: 'TP Ths' },
  tr: { title: 'doç', leadIn: 'örn', trailing: 'vb' },
};

const kinds = new Map<string, AbbreviationKind>();
for (const language of Object.values(byLanguage)) {
  for (const [kind, entries] of Object.entries(language) as [AbbreviationKind, string][]) {
    for (const entry of entries.split(' ')) if (!kinds.has(entry)) kinds.set(entry, kind);
  }
}

/**
 * The kind of `word` (its final stop taken off), or undefined if it is no known abbreviation.
 * `previous` is the word before it: some abbreviations have two.
 */
export function abbreviationKind(word: string, previous: string): AbbreviationKind | undefined {
  if (/\p{L}str$/u.test(word)) return 'measured'; // German streets: "Hauptstr. 5"
  return kinds.get(`${previous}_${word}`.toLowerCase()) ?? kinds.get(word) ?? kinds.get(word.toLowerCase());
}
