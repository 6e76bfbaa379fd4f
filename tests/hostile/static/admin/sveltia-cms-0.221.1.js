// The place of Sveltia CMS: this site is never opened.
