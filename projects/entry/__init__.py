"""我的项目 and the table of a department's tasks: what they show, what is sent from them, and the pages round them."""
