import countries from 'world-countries';

/** Input of `putValidatedItem`. */
export interface CountryItem {
  id: string;
  kind: string;
  /** AWSJSON. */
  payload: string;
}

export const countryId = (cca3: string): string => `country-${cca3}`;

/** The countries and territories of npm's world-countries (mledoze/countries) as validated items. */
export const countryItems = (): CountryItem[] =>
  countries.map((country) => ({
    id: countryId(country.cca3),
    kind: 'country',
    payload: JSON.stringify(country),
  }));
