/** The parts of a face that the sample set draws with: names in facesjs, grouped by what they show. */

/** Skin colours, the same for both classes. */
export const SKIN_COLORS = [
  '#f2d6cb',
  '#ddb7a0',
  '#fedac7',
  '#f0c5a3',
  '#eab687',
  '#bb876f',
  '#aa816f',
  '#a67358',
  '#ad6453',
  '#74453d',
  '#5c3937',
] as const;

/** Hair colours by CelebA's name; `red` has no attribute there. */
export const HAIR_COLORS = {
  black: ['#272421', '#0f0902', '#1c1008'],
  brown: ['#3d2314', '#5a3825', '#6b4a2f'],
  blond: ['#cc9966', '#e9c67b', '#d7bf91'],
  red: ['#b55239', '#8f3f26'],
  gray: ['#8d8d8d', '#b8b5b0', '#dcd9d3'],
} as const;

/** Hair worn by both classes. */
export const SHARED_HAIR = [
  'afro2',
  'cornrows',
  'curly',
  'curly2',
  'curly3',
  'emo',
  'hair',
  'longHair',
  'messy',
  'middle-part',
  'parted',
  'shaggy1',
  'shaggy2',
  'short2',
  'short3',
  'shortBangs',
  'spike3',
  'female4',
  'female11',
] as const;

/** Hair that only women wear here. */
export const FEMALE_HAIR = [
  'female1',
  'female2',
  'female3',
  'female5',
  'female6',
  'female7',
  'female8',
  'female9',
  'female10',
] as const;

/** Hair that only men wear here. */
export const MALE_HAIR = [
  'bald',
  'bald',
  'blowoutFade',
  'crop',
  'crop-fade',
  'curlyFade1',
  'dreads',
  'faux-hawk',
  'fauxhawk-fade',
  'juice',
  'messy-short',
  'short',
  'short-bald',
  'short-fade',
  'spike',
  'spike2',
  'spike4',
  'tall-fade',
] as const;

/** Long hair behind the head, worn by both classes. */
export const LONG_HAIR = ['female1', 'female2', 'female3', 'female4', 'female5', 'longHair', 'shaggy'] as const;

/** Eyes with lashes, drawn for women. */
export const FEMALE_EYES = [
  'female1',
  'female2',
  'female3',
  'female4',
  'female5',
  'female6',
  'female8',
  'female9',
  'female10',
  'female13',
  'female14',
  'female15',
  'female16',
] as const;

/** Eyes without lashes. */
export const PLAIN_EYES = [
  'eye1',
  'eye2',
  'eye3',
  'eye4',
  'eye5',
  'eye6',
  'eye7',
  'eye8',
  'eye9',
  'eye10',
  'eye11',
  'eye13',
  'eye14',
  'eye15',
  'eye16',
  'eye17',
  'eye18',
  'eye19',
] as const;

/** Thick eyebrows. */
export const BUSHY_EYEBROWS = ['eyebrow1', 'eyebrow7', 'eyebrow8', 'eyebrow10', 'eyebrow14'] as const;

/** Eyebrows of ordinary thickness. */
export const PLAIN_EYEBROWS = [
  'eyebrow2',
  'eyebrow3',
  'eyebrow4',
  'eyebrow5',
  'eyebrow6',
  'eyebrow9',
  'eyebrow11',
  'eyebrow12',
  'eyebrow13',
  'eyebrow15',
  'eyebrow16',
  'eyebrow17',
  'eyebrow18',
  'eyebrow19',
  'eyebrow20',
] as const;

/** Thin eyebrows, drawn for women. */
export const FEMALE_EYEBROWS = ['female1', 'female2', 'female3', 'female5', 'female6', 'female7', 'female10'] as const;

/** Shapes of the head, by the class that facesjs gives them. */
export const HEADS = {
  female: ['female1', 'female2', 'female3'],
  shared: ['head1', 'head2', 'head5', 'head13', 'head14'],
  male: [
    'head3',
    'head4',
    'head6',
    'head7',
    'head8',
    'head9',
    'head10',
    'head11',
    'head12',
    'head15',
    'head16',
    'head17',
    'head18',
  ],
} as const;

/** Facial hair by what CelebA calls it. */
export const FACIAL_HAIR = {
  mustache: ['mustache1', 'mustache-thin', 'soul-stache'],
  goatee: [
    'fullgoatee',
    'fullgoatee2',
    'goatee1',
    'goatee1-stache',
    'goatee2',
    'goatee4',
    'goatee12',
    'goatee15',
    'goatee18',
    'wilt',
  ],
  beard: [
    'beard-point',
    'beard1',
    'beard2',
    'beard3',
    'beard4',
    'honest-abe',
    'honest-abe-stache',
    'loganGoatee2',
    'loganGoatee2Stache',
    'chin-strapStache',
  ],
  sideburns: ['sideburns1', 'sideburns2', 'sideburns3'],
} as const;

/** Facial hair with hair above the mouth. */
export const WITH_MUSTACHE: readonly string[] = [
  ...FACIAL_HAIR.mustache,
  'fullgoatee',
  'fullgoatee2',
  'goatee1-stache',
  'goatee12',
  'goatee15',
  'goatee18',
  'wilt',
  'beard-point',
  'beard1',
  'beard2',
  'beard3',
  'beard4',
  'honest-abe-stache',
  'loganGoatee2Stache',
  'chin-strapStache',
];

/** Mouths by what they show. */
export const MOUTHS = {
  smiling: ['smile', 'smile2', 'smile3', 'smile4', 'smile-closed'],
  serious: [
    'angry',
    'closed',
    'mouth',
    'mouth2',
    'mouth3',
    'mouth4',
    'mouth5',
    'mouth6',
    'mouth7',
    'mouth8',
    'side',
    'straight',
  ],
} as const;

/** Mouths that show teeth or a gap. */
export const OPEN_MOUTHS: readonly string[] = ['angry', 'mouth', 'mouth7', 'mouth8', 'smile', 'smile2', 'smile3'];

/** Noses; those that stick out to one side are left out. */
export const NOSES = [
  'honker',
  'nose1',
  'nose2',
  'nose3',
  'nose5',
  'nose6',
  'nose7',
  'nose8',
  'nose9',
  'nose10',
  'nose11',
  'nose12',
  'nose13',
  'nose14',
  'small',
] as const;

/** Glasses; the face mask is left out. */
export const GLASSES = [
  'glasses1-primary',
  'glasses1-secondary',
  'glasses2-black',
  'glasses2-primary',
  'glasses2-secondary',
] as const;

/** Hats, and the headbands, which CelebA doesn't count as hats. */
export const HATS: readonly string[] = ['hat', 'hat2', 'hat3', 'santa-hat'];
export const HEADBANDS = ['headband', 'headband-high'] as const;

/** Clothes. */
export const JERSEYS = [
  'baseball',
  'baseball2',
  'baseball3',
  'baseball4',
  'football',
  'football2',
  'football3',
  'football4',
  'football5',
  'hockey',
  'hockey2',
  'hockey3',
  'hockey4',
  'jersey',
  'jersey2',
  'jersey3',
  'jersey4',
  'jersey5',
] as const;

/** Hair that hides the forehead. */
export const WITH_BANGS: readonly string[] = [
  'shortBangs',
  'emo',
  'shaggy2',
  'messy',
  'female1',
  'female4',
  'female7',
  'female8',
];

/** Curly or wavy hair, on the head and behind it. */
export const WAVY: readonly string[] = ['afro2', 'curly', 'curly2', 'curly3', 'curlyFade1', 'hair', 'female10'];
