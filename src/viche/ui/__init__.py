"""The face of Viche: layouts, components, styles, form fields, the words `@allowed` and `@anyone`, paging and the gallery."""
