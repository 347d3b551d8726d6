"""Documents on paper, drawn by fpdf2. Import these modules inside the function that draws: the library is heavy."""
