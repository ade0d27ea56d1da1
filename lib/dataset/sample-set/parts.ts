/** The parts that the sample set draws with: names in facesjs, grouped by what they show. */

/** Skin colors, the same for both classes. */
export const SKIN_COLORS = list(
  '#f2d6cb #ddb7a0 #fedac7 #f0c5a3 #eab687 #bb876f #aa816f #a67358 #ad6453 #74453d #5c3937',
);

/** Hair colors by CelebA's name; `red` has no attribute there. */
export const HAIR_COLORS = {
  black: list('#272421 #0f0902 #1c1008'),
  brown: list('#3d2314 #5a3825 #6b4a2f'),
  blond: list('#cc9966 #e9c67b #d7bf91'),
  red: list('#b55239 #8f3f26'),
  gray: list('#8d8d8d #b8b5b0 #dcd9d3'),
};

/** Hair on the head, by who wears it here. */
export const HAIR = {
  shared: list(
    'afro2 cornrows curly curly2 curly3 emo hair longHair messy middle-part shaggy1 shaggy2 shortBangs female4 female11',
  ),
  female: list('female1 female2 female3 female5 female6 female7 female8 female9 female10'),
  male: list(
    'bald bald parted short2 short3 spike3 blowoutFade crop crop-fade curlyFade1 dreads faux-hawk fauxhawk-fade juice messy-short short short-bald ' +
      'short-fade spike spike2 spike4 tall-fade',
  ),
};

/** Hair behind the head, worn by both classes. */
export const LONG_HAIR = list('female1 female2 female3 female4 female5 longHair shaggy');

/** Hair that hides the forehead. */
export const BANGS = list('shortBangs emo shaggy2 messy female1 female4 female7 female8');

/** Curly or wavy hair on the head. */
export const WAVY_HAIR = list('afro2 curly curly2 curly3 curlyFade1 hair female10');

/** Hair that facesjs cuts to `short` under a hat. */
export const SHORT_UNDER_HAT = list(
  'afro2 curly curly2 curly3 faux-hawk hair juice messy-short messy middle-part parted shaggy1 shaggy2 short3 spike ' +
    'spike2 spike3 spike4',
);

/** Hair that facesjs cuts to `short-fade` under a hat; whatever is in neither list it leaves out there. */
export const FADED_UNDER_HAT = list('blowoutFade curlyFade1 dreads fauxhawk-fade tall-fade');

/** Eyes: with lashes for women, without for men. */
export const EYES = {
  female: list(
    'female1 female2 female3 female4 female5 female6 female8 female9 female10 female13 female14 female15 female16',
  ),
  male: list('eye1 eye2 eye3 eye4 eye5 eye6 eye7 eye8 eye9 eye10 eye11 eye13 eye14 eye15 eye16 eye17 eye18 eye19'),
};

/** Eyebrows: ordinary ones for all, thin ones for women, bushy ones for men. */
export const EYEBROWS = {
  shared: list(
    'eyebrow2 eyebrow3 eyebrow4 eyebrow5 eyebrow6 eyebrow9 eyebrow11 eyebrow12 eyebrow13 eyebrow15 eyebrow16 ' +
      'eyebrow17 eyebrow18 eyebrow19 eyebrow20',
  ),
  female: list('female1 female2 female3 female5 female6 female7 female10'),
  male: list('eyebrow1 eyebrow7 eyebrow8 eyebrow10 eyebrow14'),
};

/** Shapes of the head, by the class that facesjs gives them. */
export const HEADS = {
  shared: list('head1 head2 head5 head13 head14'),
  female: list('female1 female2 female3'),
  male: list('head3 head4 head6 head7 head8 head9 head10 head11 head12 head15 head16 head17 head18'),
};

/** Facial hair by what CelebA calls it. */
export const FACIAL_HAIR = {
  mustache: list('mustache1 mustache-thin'),
  goatee: list(
    'fullgoatee fullgoatee2 goatee1 goatee1-stache goatee2 goatee4 goatee12 goatee15 goatee18 goatee19 wilt',
  ),
  beard: list(
    'beard-point beard1 beard2 beard3 beard4 honest-abe honest-abe-stache loganGoatee2 loganGoatee2Stache ' +
      'chin-strapStache',
  ),
  sideburns: list('sideburns1 sideburns2 sideburns3'),
};

/** Facial hair that covers the upper lip. */
export const MUSTACHES = list(
  'mustache1 mustache-thin fullgoatee fullgoatee2 goatee1-stache goatee12 goatee15 goatee19 wilt beard-point beard1 ' +
    'beard2 beard3 beard4 honest-abe-stache loganGoatee2Stache chin-strapStache',
);

/** Mouths by what they show. */
export const MOUTHS = {
  smiling: list('smile smile2 smile3 smile4 smile-closed'),
  serious: list('angry closed mouth mouth2 mouth3 mouth4 mouth5 mouth6 mouth7 mouth8 side straight'),
};

/** Mouths that show teeth or a gap. */
export const OPEN_MOUTHS = list('angry mouth mouth7 mouth8 smile smile2 smile3');

/** Noses; those that stick out to one side are left out. */
export const NOSES = list(
  'honker nose1 nose2 nose3 nose5 nose6 nose7 nose8 nose9 nose10 nose11 nose12 nose13 nose14 small',
);

/** Lines under the eyes, at the eyes, and beside the mouth. */
export const EYE_BAGS = list('line3 line4 line5');
export const EYE_LINES = ['line2', ...EYE_BAGS];
export const SMILE_LINES = list('line1 line2 line3 line4');

/** Wrinkles of the forehead. */
export const WRINKLES = list('forehead2 forehead3 forehead4');

/** Glasses; the face mask is left out. */
export const GLASSES = list('glasses1-primary glasses1-secondary glasses2-black glasses2-primary glasses2-secondary');

/** What CelebA counts as a hat, and headbands, which it doesn't. */
export const HATS = list('hat hat2 hat3 santa-hat');
export const HEADBANDS = list('headband headband-high');

/** Clothes. */
export const JERSEYS = list(
  'baseball baseball2 baseball3 baseball4 football football2 football3 football4 football5 hockey hockey2 hockey3 ' +
    'hockey4 jersey jersey2 jersey3 jersey4 jersey5',
);

function list(names: string): readonly string[] {
  return names.split(' ');
}
