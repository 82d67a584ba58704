import { WordSet } from './wordSet.js';

// Words that settle what a full stop after an abbreviation, initial or ordinal means.

/** Words that, with a capital, begin a sentence far more often than they continue a name. */
export const sentenceStarters = new WordSet(
  'the it he she they we you i this that these those there then here his her its their our my your a an some any many most',
  'one two all both each every few several another other but and so or if when while as at in on for from to by with of after',
  'before during under over about because since although though until unless once now next today yesterday tomorrow tonight',
  'later first second third finally what who whom whose where why how which is are was were do does did has have had can',
  'could would should might must please let also however therefore meanwhile instead otherwise not no nor yes yeah okay',
  'ok sure well just only even still perhaps maybe take make use try call check bring add turn put keep remember see ask get',
  'go give come look think say tell wait stop start mix stir pour set eat drink read write send find leave nobody everyone',
  'choose pick select press people prices nothing something everything someone both half more less thank thanks sorry',
  'der die das ein eine er sie es wir ihr du ich dies diese dieser dieses da dann dort hier und aber oder wenn als im am auf',
  'für von mit nach vor bei zu seit doch denn weil was wer wo wie warum welche ist sind war hat haben kann soll bitte heute',
  'morgen gestern danach außerdem auch nicht nein ja mein sein unser alle viele jetzt später deshalb nun',
  'le la les un une des il elle ils elles on nous vous je tu ce cet cette ces cela ça et mais ou donc si quand dans sur pour',
  'avec après avant puis ensuite ici là qui que quoi où comment pourquoi est aussi oui non merci voici voilà chaque tout',
  'el los las una unos unas él ella ellos ellas nosotros usted ustedes yo esto esta este estos estas eso ese esa y pero o',
  'entonces cuando en de por para con después antes luego aquí allí quién qué dónde cómo cuál es son fue también sí gracias',
  'o os as um uma ele ela eles elas nós você vocês eu isto isso este esta mas ou se quando em no na por para com depois antes',
  'então aqui ali quem que onde como qual é são foi também sim não obrigado hoje agora',
  'il lo gli uno egli lui lei loro noi voi io questo questa questi quello quella ma se quando nel per con dopo prima poi',
  'quindi qui chi che dove perché quale sono era anche grazie oggi ora',
  'de het een hij zij ze wij jij dit dat er en maar of als in op voor met daarna hoe',
  'он она оно они мы вы я ты это этот эта эти и но а или если когда в на с по для после потом здесь там что кто где как',
);

/** What may follow a time of day within its sentence. */
export const afterClock = new WordSet(
  'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october',
  'november december eastern central mountain pacific est edt cst cdt mst mdt pst pdt gmt utc bst cet cest et pt ct mt',
);

/** Month names that follow an ordinal day ("3. Mai"), in the languages that write it so. */
export const months = new WordSet(
  'januar jänner februar märz april mai juni juli august september oktober november dezember',
  'marts maj januari februari mars augusti',
);

/** German words that make the number after them an ordinal ("am 3.", "im 19."). */
export const ordinalLeads = new WordSet(
  'am der die das dem den des im vom zum zur beim bis ab seit dieser dieses diesem diesen jeder jedes jedem ein eine einen einem mein meine',
);

/** Nouns that a single letter or number labels ("room B.", "vitamin C.", "step 1."). */
export const labels = new WordSet(
  'plan room vitamin option type grade group team section appendix point gate platform terminal building block floor level',
  'class column row seat hepatitis model version line bus train key letter note chord part phase stage step question answer',
  'choice category figure table side drive button port zone lot bay track tier series unit ward wing hall size cup exit',
  'channel chapter day rule tip item number task lesson round schritt teil kapitel zimmer raum gruppe klasse typ gleis tor',
  'étape partie chapitre salle groupe type voie vitamine porte paso parte sala grupo tipo vitamina puerta opción capítulo passo',
  'stanza gruppo tipo binario capitolo porta passaggio opção tag regel',
);

/** Small words after which a single capital letter begins a name rather than labelling a thing. */
export const nameLeads = new WordSet(
  'the by with and or from to for of as at than like named called met saw wrote said says asked told author composer writer singer',
  'president director professor actor poet painter scientist president von mit und für bei nach wie par avec et pour chez de',
  'du por con y e para da di per del della com do dos das van door met en av och',
);

/** Small words within names, which begin sentences too: "Ursula K. Le Guin". */
export const nameParticles = new WordSet('de la le van von der du di da del el al');

/** Consonants only, yet words: sounds people make. */
export const sounds = new WordSet('hm hmm hmmm mm mmm mhm shh shhh psst pst brr brrr grr grrr tsk tv pc cd dvd');
