/** What every ready-made backend takes. */
export const place = (options) => (options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl });
